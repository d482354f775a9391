using System.ComponentModel;
using System.Diagnostics;

namespace Wheelhouse.Server.Inventory.Programs;

/// <summary>
/// Runs the programs of inventories: without a shell, with nothing to read on standard input, without the server's settings in their
/// environment, and in a session and process group of their own, which is killed whole when nobody waits any more.
/// </summary>
public static class ProgramRunner
{
    /// <summary>A reply is at most so large, in bytes.</summary>
    private const int MaxOutput = 32 << 20;

    /// <summary>How long output that is on its way may take after the program's end.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(500);

    /// <summary>Finds a program on the server's PATH.</summary>
    /// <exception cref="InventoryException">There is none.</exception>
    public static string Find(string name, string fix) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
        ?? throw new InventoryException($"There is no program '{name}' on the server.", fix);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InventoryException">It cannot be started, writes more than 32 MiB, or left a process that may still write.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more; it was killed.</exception>
    public static async Task<ProgramResult> RunAsync(ProgramStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(start);
        using var output = process.StandardOutput;
        using var errors = process.StandardError;
        process.StandardInput.Close();
        var outputRead = ReadAsync(output.BaseStream, start.Path);
        var errorsRead = ErrorText.ReadAsync(errors);
        try
        {
            var ended = process.WaitForExitAsync(cancellationToken);
            await await Task.WhenAny(ended, outputRead); // Reading fails at the limit.
            await ended;
            await Task.WhenAny(Task.WhenAll(outputRead, errorsRead), Task.Delay(Drain, cancellationToken));
            if (outputRead.IsCompleted) return new ProgramResult(start.Path, process.ExitCode, await outputRead, errorsRead.IsCompleted ? await errorsRead : "");
            throw new InventoryException(
                $"{start.Path} ended, but a process that it started still holds its output open, so that it may not be complete.",
                "Let the program wait for what it starts, or send that process's output elsewhere.");
        }
        finally
        {
            if (!process.HasExited || !outputRead.IsCompleted || !errorsRead.IsCompleted) ProcessGroup.Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Start(ProgramStart start)
    {
        var info = new ProcessStartInfo("setsid", [start.Path, .. start.Arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Variables) info.Environment[name] = value;
        ServerVariables.RemoveFrom(info.Environment);
        try
        {
            return Process.Start(info) ?? throw new InvalidOperationException("Starting a program gave no process.");
        }
        catch (Win32Exception e)
        {
            throw new InventoryException($"{start.Path} cannot be started: {e.Message}", "Install util-linux (setsid) on the server.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, string path)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            if (all.Length + read > MaxOutput)
                throw new InventoryException($"{path} wrote more than {MaxOutput >> 20} MiB.", "Let it print the nodes only.");
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
