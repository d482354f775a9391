using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>A rollout in words.</summary>
internal static class RolloutWords
{
    /// <summary>What it changes: <c>deploy 1.0.0 → 1.1.0</c>.</summary>
    public static string Change(RolloutView rollout, string arrow)
    {
        var kind = rollout.PlanOnly ? $"plan of a {rollout.Kind}" : rollout.Kind;
        return (rollout.FromVersion, rollout.Version) switch
        {
            (null, null) => kind,
            (null, { } to) => $"{kind} {to}",
            ({ } from, null) => $"{kind} from {from}",
            ({ } from, { } to) when from == to => $"{kind} {to}",
            ({ } from, { } to) => $"{kind} {from} {arrow} {to}",
        };
    }
}
