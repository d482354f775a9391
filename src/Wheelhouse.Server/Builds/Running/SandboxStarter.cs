using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>
/// Starts sandboxes from one thread that lives as long as the server: bwrap's <c>--die-with-parent</c> means the thread that started it (prctl(2),
/// PR_SET_PDEATHSIG), and a thread of the pool may end while its build runs.
/// </summary>
internal sealed class SandboxStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> _starts = [];

    public SandboxStarter() => new Thread(StartAll) { IsBackground = true, Name = "sandboxes" }.Start();

    /// <summary>Starts a program with an empty environment: whoever is in a sandbox can read the environment of its first process.</summary>
    /// <exception cref="SandboxException">It is not there.</exception>
    public Task<Process> StartAsync(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add((info, started));
        return started.Task;
    }

    public void Dispose() => _starts.CompleteAdding();

    private void StartAll()
    {
        foreach (var (info, started) in _starts.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new InvalidOperationException("Starting a program gave no process."));
            }
            catch (Exception problem) when (problem is Win32Exception or InvalidOperationException)
            {
                started.SetException(new SandboxException($"{info.FileName} cannot be started: {problem.Message}"));
            }
        }
    }
}

/// <summary>There is no sandbox to be had: a fault of the server's machine, not of a project.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class SandboxException(string message) : Exception(message + " 'wheelhouse-server doctor' says what builds need.");
