using System.Runtime.InteropServices;

namespace Wheelhouse.Cli.Hosting;

/// <summary>
/// Ctrl-C and SIGTERM as cancellation. The first one ends what runs; a command that has to tidy up after it (cancel a rollout
/// and wait) does so under <see cref="Second"/>. A third one is not caught and ends the process at once.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Second => _second.Token;

    /// <summary>What a shell expects after the signal that came last: 130 or 143.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Listens to this process's signals.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            interrupts._registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = interrupts.Raise(signal)));
        }
        return interrupts;
    }

    /// <summary>Takes a signal.</summary>
    /// <returns>Whether it was taken; if not, the process should end by it.</returns>
    public bool Raise(PosixSignal signal)
    {
        ExitCode = signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        if (_second.IsCancellationRequested) return false;
        (_first.IsCancellationRequested ? _second : _first).Cancel();
        return true;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
