using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli;

/// <summary>The exit codes of the command, for scripts and CI jobs; documented in <c>docs/reference/cli.md</c>.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    public const int Success = 0;

    /// <summary>Anything unexpected: no connection, a disk error, a check of the doctor that failed.</summary>
    public const int Error = 1;

    /// <summary>The command line or a document is invalid; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The server refused: another rollout is active, no permission, no such thing; nothing was done.</summary>
    public const int Refused = 3;

    /// <summary>The rollout failed and every node it touched is back on what it ran before.</summary>
    public const int Reverted = 4;

    /// <summary>The rollout failed and the nodes are as told.</summary>
    public const int Failed = 5;

    /// <summary>The rollout was cancelled.</summary>
    public const int Cancelled = 6;

    /// <summary>The rollout is paused and waits for a person.</summary>
    public const int Paused = 7;

    /// <summary>Ctrl-C: this command ended, the rollout goes on.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM: this command ended, the rollout goes on.</summary>
    public const int Terminated = 143;

    /// <summary>The code that tells a rollout's state.</summary>
    /// <param name="state">One of <see cref="RolloutStates"/>.</param>
    public static int Of(string state) => state switch
    {
        RolloutStates.Succeeded or RolloutStates.Planned => Success,
        RolloutStates.Reverted => Reverted,
        RolloutStates.Failed => Failed,
        RolloutStates.Cancelled => Cancelled,
        RolloutStates.Paused => Paused,
        _ => Error,
    };
}
