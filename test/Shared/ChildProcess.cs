using System.Collections.Concurrent;
using System.Diagnostics;

namespace Wheelhouse.Testing;

/// <summary>A program that runs beside the test; its lines are kept. Ended by its own id when disposed of.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Standard output and error, for a message about a failure.</summary>
    public string Everything => string.Join('\n', _output.Concat(_errors));

    /// <summary>Its standard input, when it was kept open.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Changes to its environment; a variable whose value is null is removed.</param>
    /// <param name="keepInput">Whether its standard input stays open for <see cref="Input"/>; else it is at its end at once.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, bool keepInput = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (!keepInput) process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Finished> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken token, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var child = Start(program, arguments, environment);
        return await child.FinishAsync(token);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not exit with 0; the message holds what it printed.</exception>
    public static async Task<string> CheckAsync(
        string program, IEnumerable<string> arguments, CancellationToken token, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var finished = await RunAsync(program, arguments, token, environment);
        return finished.ExitCode == 0
            ? finished.Output
            : throw new InvalidOperationException($"{program} exited with {finished.ExitCode}:\n{finished.Output}\n{finished.Errors}");
    }

    /// <summary>Waits for its end and for the last of its output.</summary>
    public async Task<Finished> FinishAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return new Finished(_process.ExitCode, string.Join('\n', _output), string.Join('\n', _errors));
    }

    /// <summary>Sends SIGKILL, as the end of memory or of power would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal; see <see cref="Signals"/>.</summary>
    public void Signal(int signal) => Processes.Signal(Id, signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(Signals.Terminate);
            using var patience = new CancellationTokenSource(StopWithin);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await KillAsync();
        }

        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}

/// <summary>How a program ended.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors);
