namespace Wheelhouse.Server.Services.Document;

/// <summary>How a rollout to an environment goes.</summary>
public sealed record PolicyDocument
{
    /// <summary>The sizes of the batches in order; the last one repeats until no node is left. Default one node at a time.</summary>
    public IReadOnlyList<NodeCount> Batches { get; init; } = [new NodeCount(1)];

    /// <summary>How many nodes may fail before a rollout stops; an unreachable one counts. Default 0.</summary>
    public NodeCount FailureBudget { get; init; } = new(0);

    /// <summary>
    /// How many nodes fewer than at the last rollout the inventory may name; more, and a rollout does not begin, since an inventory that lost them would
    /// make a deployment to the rest look complete. Default 25%.
    /// </summary>
    public NodeCount MissingNodes { get; init; } = new(25, IsPercent: true);

    /// <summary>How long a batch is watched before the next one; default 0.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a failed activation waits for a person (<c>on_failure: pause</c>) in place of being reverted. Default false.</summary>
    public bool PauseOnFailure { get; init; }

    /// <summary>How many releases stay on a node, the current one included; default 5.</summary>
    public int Keep { get; init; } = 5;

    /// <summary>How long opening a session to a node may take; default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often opening a session is tried again, with growing pauses; default 2.</summary>
    public int ConnectRetries { get; init; } = 2;

    /// <summary>How long staging one node may take; default 10 minutes.</summary>
    public TimeSpan StageTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long activating one process on one node may take, its checks apart; default 2 minutes.</summary>
    public TimeSpan ActivateTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the proof of the running version waits for old workers to finish what they do; then they speak against it; default 1 minute.</summary>
    public TimeSpan ProveTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
