using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts;

/// <summary>A step to be done on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Key">Its name in the journal, unique in the rollout, such as <c>activate/app1/web</c>.</param>
/// <param name="Operation">The operation of the node protocol.</param>
/// <param name="Arguments">Makes the operation's arguments, each time it is sent: credentials in them are short-lived.</param>
/// <param name="Within">How long the operation may take, the connection aside; the node keeps its own, earlier, limit.</param>
internal sealed record Step(RolloutNodeRow Node, string Key, string Operation, Func<object> Arguments, TimeSpan Within)
{
    /// <summary>Whether it changes the node, and so is fenced and done at most once.</summary>
    public bool IsFenced { get; init; } = true;

    /// <summary>Whether cancelling the rollout ends it; an activation runs to its end instead.</summary>
    public bool IsCancellable { get; init; } = true;

    /// <summary>Cancelled when the step is to end as if the rollout were cancelled; for cancellable steps.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Cancelled when the step is not needed any more: it ends as <c>cancelled</c> if it has not begun on the node, else it runs to its end.</summary>
    public CancellationToken Unneeded { get; init; }
}
