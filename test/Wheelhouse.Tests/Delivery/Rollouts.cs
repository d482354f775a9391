using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Delivery.Deployments;

namespace Wheelhouse.Tests.Delivery;

/// <summary>Short histories of one service in one environment, written by the hour at which each rollout ended.</summary>
internal static class Rollouts
{
    public static readonly DateTimeOffset Start = new(2030, 1, 7, 0, 0, 0, TimeSpan.Zero);

    public static EndedRollout Deploy(double hour, string version, string? from = null) => Ended(hour, RolloutKinds.Deploy, RolloutStates.Succeeded, version, from);

    /// <summary>A deploy that failed, half an hour after it touched the first node; 0 for none.</summary>
    public static EndedRollout Failed(double hour, string version, string state = RolloutStates.Failed, bool changed = true) =>
        Ended(hour, RolloutKinds.Deploy, state, version, from: null) with { ChangedNodes = changed, TouchedAt = At(hour - 0.5) };

    public static EndedRollout Revert(double hour, string version, string from, string state = RolloutStates.Succeeded) =>
        Ended(hour, RolloutKinds.Revert, state, version, from);

    public static EndedRollout Converge(double hour, string version) => Ended(hour, RolloutKinds.Converge, RolloutStates.Succeeded, version, version);

    public static DateTimeOffset At(double hour) => Start.AddHours(hour);

    public static IReadOnlyList<Deployment> Read(params EndedRollout[] rollouts) => PlaceHistory.Read(rollouts, KnownReleases.None);

    private static EndedRollout Ended(double hour, string kind, string state, string version, string? from) =>
        new("billing", "production", At(hour), kind, state, version) { From = from, ChangedNodes = true, TouchedAt = At(hour - 0.1) };
}
