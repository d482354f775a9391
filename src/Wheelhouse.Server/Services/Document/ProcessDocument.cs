namespace Wheelhouse.Server.Services.Document;

/// <summary>One process of a service.</summary>
public sealed record ProcessDocument
{
    /// <summary>Its name, unique within the service.</summary>
    public required string Name { get; init; }

    /// <summary>How it is started when it does not run; null when something else starts it.</summary>
    public ProcessAction? Start { get; init; }

    /// <summary>How it takes up a new release while running; null means by a restart.</summary>
    public ProcessAction? Reload { get; init; }

    /// <summary>How it is restarted; null means stop, then start.</summary>
    public ProcessAction? Restart { get; init; }

    /// <summary>How it is stopped; null means by systemd when that keeps it, else SIGTERM to the verified pid.</summary>
    public ProcessAction? Stop { get; init; }

    /// <summary>The file with its main pid; null means the pid that was recorded when it was started.</summary>
    public string? PidFile { get; init; }

    /// <summary>Its own environment variables; they win over the environment's.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>How long a start may take; default 30 s.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>How long a stop may take before the process is killed; default 30 s.</summary>
    public required TimeSpan StopTimeout { get; init; }

    /// <summary>What must be good after its activation, in order.</summary>
    public required IReadOnlyList<CheckDocument> Checks { get; init; }

    /// <summary>The check that says which version runs, as evidence for the proof: <c>version</c>, or by default the first check that says it; null when none does.</summary>
    public CheckDocument? VersionCheck { get; init; }
}

/// <summary>One way to act on a process.</summary>
public abstract record ProcessAction;

/// <summary>Runs a command on the node.</summary>
/// <param name="Command">Split like a shell would, run by none; the node replaces <c>{root}</c>, <c>{current}</c>, <c>{release}</c>, <c>{version}</c>.</param>
public sealed record CommandAction(string Command) : ProcessAction;

/// <summary>Asks systemd.</summary>
/// <param name="Unit">The unit, such as <c>billing.service</c>.</param>
/// <param name="Scope"><c>system</c> (default) or <c>user</c>.</param>
public sealed record SystemdAction(string Unit, string Scope) : ProcessAction;

/// <summary>Sends a signal to the process's verified pid.</summary>
/// <param name="Signal">Without <c>SIG</c>, such as <c>HUP</c>.</param>
public sealed record SignalAction(string Signal) : ProcessAction;
