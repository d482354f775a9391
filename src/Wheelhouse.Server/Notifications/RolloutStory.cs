using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Notifications;

/// <summary>Tells from a rollout's events, in their order, how it stood after the last of them. Pure.</summary>
internal static class RolloutStory
{
    /// <summary>The types of the events that it is told from.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [EventTypes.RolloutRequested, EventTypes.RolloutStarted, EventTypes.RolloutPaused, EventTypes.RolloutEnded, .. NotificationEvents.ProgressTypes];

    /// <summary>The facts; null for a plan, and when the log no longer has what the rollout was about.</summary>
    public static RolloutFacts? Tell(IEnumerable<EventView> events)
    {
        RolloutFacts? facts = null;
        var nodes = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var view in events)
        {
            if (view.Flag("planOnly")) return null;
            facts = (facts ?? Begin(view)) is { } before ? Apply(before, view) : null;
            if (view is { Type: EventTypes.NodeState, Node: { } node }) nodes[node] = view.Text("state") is "good" or "unproven";
        }

        return facts is null ? null : facts with { Nodes = nodes.Count, NodesDone = nodes.Values.Count(done => done) };
    }

    private static RolloutFacts? Begin(EventView view) =>
        view is { Rollout: { } id } && view.Text("kind") is { } kind && view.Text("version") is { } version && view.Text("by") is { } by
            ? new RolloutFacts { Id = id, Kind = kind, State = RolloutStates.Queued, Version = version, From = view.Text("from"), By = by, Reason = view.Text("reason"), RequestedAt = view.At }
            : null;

    private static RolloutFacts Apply(RolloutFacts facts, EventView view)
    {
        facts = facts with { Duration = facts.StartedAt is { } started ? view.At - started : TimeSpan.Zero };
        return view.Type switch
        {
            EventTypes.RolloutStarted => facts with { State = RolloutStates.Running, StartedAt = view.At, From = view.Text("from") ?? facts.From },
            EventTypes.RolloutResumed or EventTypes.RolloutPhase or EventTypes.RolloutBatch => facts with { State = RolloutStates.Running, Progress = view.Message },
            EventTypes.RolloutPaused => facts with { State = RolloutStates.Paused, Progress = null, Error = view.Text("error") ?? view.Message },
            EventTypes.RolloutEnded => facts with
            {
                State = view.Text("state") ?? RolloutStates.Failed,
                EndedAt = view.At,
                Progress = null,
                Error = view.Text("error"),
                Fix = view.Text("fix"),
            },
            _ => facts,
        };
    }
}
