using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Following;

/// <summary>Shows a rollout while it runs. Disposing ends the showing and leaves the last picture.</summary>
internal interface IRolloutDisplay : IAsyncDisposable
{
    /// <summary>Shows what happened, in the order in which it happened.</summary>
    /// <param name="progress">The whole picture, what happened included.</param>
    /// <param name="happened">What happened.</param>
    void Show(RolloutProgress progress, EventView happened);

    /// <summary>Shows the state of the connection, or a remark; null takes it away again.</summary>
    void Notice(string? text);
}
