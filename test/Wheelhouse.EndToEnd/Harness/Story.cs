using System.Text.Json;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>What the event log tells about a rollout.</summary>
public sealed class Story(IReadOnlyList<EventView> events)
{
    public IReadOnlyList<EventView> Events => events;

    /// <summary>The steps in the order of their start, each from its <c>step.started</c> to its <c>step.ended</c>.</summary>
    public IReadOnlyList<StepTold> Steps { get; } = Read(events);

    /// <summary>The steps whose key begins so, such as <c>stage/</c>.</summary>
    public IReadOnlyList<StepTold> Of(string prefix) => [.. Steps.Where(step => step.Key.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>The states that a node went through.</summary>
    public IReadOnlyList<string> StatesOf(string node) =>
        [.. events.Where(happened => happened.Type == EventTypes.NodeState && happened.Node == node).Select(happened => Text(happened, "state")!)];

    /// <summary>A member of an event's data as text; null when it has none.</summary>
    public static string? Text(EventView happened, string member) =>
        happened.Data is { } data && data.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    /// <summary>The whole log, for a message about a failure.</summary>
    public override string ToString() => string.Join('\n', events.Select(happened => $"{happened.Id} {happened.At:HH:mm:ss.fff} {happened.Type} {happened.Message}"));

    private static List<StepTold> Read(IReadOnlyList<EventView> events)
    {
        List<StepTold> steps = [];
        foreach (var happened in events)
        {
            if (happened.Type == EventTypes.StepStarted)
                steps.Add(new StepTold(Text(happened, "step")!, happened.Node!, happened.Id, null, null));
            if (happened.Type != EventTypes.StepEnded) continue;
            var begun = steps.FindLastIndex(step => step.Key == Text(happened, "step") && step.EndedAt is null);
            Assert.True(begun >= 0, $"The end of {Text(happened, "step")} has no start.");
            steps[begun] = steps[begun] with { EndedAt = happened.Id, Outcome = Text(happened, "outcome") };
        }

        return steps;
    }
}

/// <summary>A step as the log tells it; its start and end are ids of events, which are ordered.</summary>
public sealed record StepTold(string Key, string Node, long StartedAt, long? EndedAt, string? Outcome)
{
    public bool Overlaps(StepTold other) =>
        StartedAt < (other.EndedAt ?? long.MaxValue) && other.StartedAt < (EndedAt ?? long.MaxValue);
}
