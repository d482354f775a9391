namespace Wheelhouse.Server.Rollouts;

/// <summary>Ends a rollout before anything was activated: nothing has changed for users.</summary>
internal sealed class RolloutFailure(string message, string? fix) : Exception(message)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; } = fix;
}
