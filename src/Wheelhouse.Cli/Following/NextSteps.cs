using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>The commands that make sense after a rollout.</summary>
internal static class NextSteps
{
    public static IEnumerable<(string Label, string Command)> Of(RolloutView rollout)
    {
        var place = $"{rollout.Service} {rollout.Environment}";
        switch (rollout.State)
        {
            case RolloutStates.Succeeded:
                if (rollout.FromVersion is { } from && from != rollout.Version) yield return ("go back", $"wheelhouse revert {place}");
                if (rollout.Nodes.Any(node => node.State is NodeStates.Drifted or NodeStates.Failed)) yield return ("repair", $"wheelhouse converge {place}");
                break;
            case RolloutStates.Paused:
                yield return ("go on", $"wheelhouse resume {rollout.Id}");
                yield return ("go back", $"wheelhouse revert {rollout.Id}");
                yield return ("stop here", $"wheelhouse cancel {rollout.Id}");
                break;
            case RolloutStates.Failed or RolloutStates.Cancelled when rollout.Nodes.Any(node => NodeStates.IsOnRelease(node.State)):
                yield return ("go back", $"wheelhouse revert {place}{(rollout.FromVersion is { } before ? $" --to {before}" : "")}");
                break;
        }
        if (rollout.State is RolloutStates.Failed or RolloutStates.Reverted) yield return ("look closer", $"wheelhouse logs {rollout.Id}{Culprit(rollout)}");
        if (rollout.State is RolloutStates.Failed && rollout.Nodes.Any(node => node.State == NodeStates.Drifted)) yield return ("check nodes", $"wheelhouse doctor {place}");
        yield return ("see again", $"wheelhouse status {place}");
    }

    private static string Culprit(RolloutView rollout) =>
        rollout.Nodes.FirstOrDefault(node => node.Error is not null) is { } node ? $" --node {node.Name}" : "";
}
