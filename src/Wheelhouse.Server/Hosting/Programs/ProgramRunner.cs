using System.ComponentModel;
using System.Diagnostics;

namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>
/// Runs programs: without a shell, with nothing to read but what they are given, without the server's settings in their
/// environment, and in a session and process group of their own, which is killed whole when nobody waits any more.
/// </summary>
public static class ProgramRunner
{
    /// <summary>How long output that is on its way may take after the program's end.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    /// <summary>Finds a program on the server's PATH.</summary>
    /// <exception cref="ProgramException">There is none.</exception>
    public static string Find(string name, string fix) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
        ?? throw new ProgramException($"There is no program '{name}' on the server.", fix);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ProgramException">It cannot be started, writes more than <see cref="ProgramStart.MaxOutput"/>, or left a process that may still write.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more; it was killed.</exception>
    public static async Task<ProgramResult> RunAsync(ProgramStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(start);
        using var output = process.StandardOutput;
        using var errors = process.StandardError;
        using var feeding = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fed = FeedAsync(process, start.Input, feeding.Token);
        var outputRead = ReadAsync(output.BaseStream, start);
        var errorsRead = ErrorText.ReadAsync(errors);
        try
        {
            var ended = process.WaitForExitAsync(cancellationToken);
            await await Task.WhenAny(ended, outputRead); // Reading fails at the limit.
            await ended;
            await Task.WhenAny(Task.WhenAll(outputRead, errorsRead), Task.Delay(Drain, cancellationToken));
            if (outputRead.IsCompleted) return new ProgramResult(start.Path, process.ExitCode, await outputRead, errorsRead.IsCompleted ? await errorsRead : "");
            throw new ProgramException(
                $"{start.Path} ended, but a process that it started still holds its output open, so that it may not be complete.",
                "Let the program wait for what it starts, or send that process's output elsewhere.");
        }
        finally
        {
            if (!process.HasExited || !outputRead.IsCompleted || !errorsRead.IsCompleted) ProcessGroup.Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
            await feeding.CancelAsync();
            await fed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Gives a program its input. When that breaks off the program sees its end, and says what it thinks of it.</summary>
    private static async Task FeedAsync(Process process, Stream? input, CancellationToken token)
    {
        await using var to = process.StandardInput.BaseStream;
        if (input is not null) await input.CopyToAsync(to, token);
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
            throw new ProgramException($"{start.Path} cannot be started: {e.Message}", "Install util-linux (setsid) on the server.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, ProgramStart start)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            if (all.Length + read > start.MaxOutput)
                throw new ProgramException($"{start.Path} wrote more than {start.MaxOutput >> 20} MiB.", "Let it print only what it is asked for.");
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
