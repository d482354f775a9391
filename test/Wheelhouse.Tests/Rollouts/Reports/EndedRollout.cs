using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Reports;

namespace Wheelhouse.Tests.Rollouts.Reports;

/// <summary>A rollout to two nodes as the journal has it: the second node fails, it is paused for a minute, and then reverted.</summary>
internal static class EndedRollout
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static RolloutRow Row() => new()
    {
        Id = RolloutId.New(Start),
        Service = "hello",
        Environment = "production",
        Kind = RolloutKinds.Deploy,
        State = RolloutStates.Reverted,
        Version = "1.1.0",
        FromVersion = "1.0.0",
        By = "ann",
        Attempt = 1,
        ChangedNodes = true,
        CreatedAt = Start,
        StartedAt = Start.AddSeconds(5),
        EndedAt = Start.AddSeconds(100),
        Error = "1.1.0 failed on app2: The check failed.",
        Fix = "Look at the log.",
    };

    public static List<RolloutNodeRow> Nodes(string rollout) =>
        [.. ((string[])["app1", "app2"]).Select((name, index) => new RolloutNodeRow { Rollout = rollout, Name = name, Ordinal = index, Node = "{}", Batch = index + 1, State = NodeStates.Reverted, Version = "1.0.0" })];

    public static List<StepRow> Steps(string rollout) =>
    [
        Step(rollout, "stage/app1", "app1", 11, 15), Step(rollout, "stage/app2", "app2", 11, 18),
        Step(rollout, "activate/app1/web", "app1", 21, 23), Step(rollout, "check/app2/web", "app2", 25, 30, "check_failed"),
        Step(rollout, "revert/activate/app2/web", "app2", 91, 93), Step(rollout, "prune/app1", "app1", 95, end: null),
    ];

    public static List<EventRow> Events(string rollout) =>
    [
        Happened(rollout, EventTypes.RolloutPhase, 6, """{"phase":"discover"}"""), Happened(rollout, EventTypes.RolloutPhase, 10, """{"phase":"stage"}"""),
        Happened(rollout, EventTypes.RolloutPhase, 20, """{"phase":"activate"}"""), Happened(rollout, EventTypes.RolloutPaused, 30, data: null),
        Happened(rollout, EventTypes.RolloutPhase, 90, """{"phase":"activate","by":"ann"}"""), Happened(rollout, EventTypes.RolloutPhase, 91, """{"phase":"revert"}"""),
    ];

    public static RolloutRecord Record()
    {
        var row = Row();
        return new(row, Nodes(row.Id), Steps(row.Id), PhaseTime.Of(row, Events(row.Id)));
    }

    private static StepRow Step(string rollout, string key, string node, int start, int? end, string outcome = StepRow.Ok) => new()
    {
        Rollout = rollout,
        Key = key,
        Node = node,
        Operation = key.Split('/')[0],
        Attempt = 1,
        StartedAt = Start.AddSeconds(start),
        EndedAt = end is { } seconds ? Start.AddSeconds(seconds) : null,
        Outcome = end is null ? null : outcome,
        Error = outcome == StepRow.Ok ? null : "The check failed.",
    };

    private static EventRow Happened(string rollout, string type, int at, string? data) =>
        new() { At = Start.AddSeconds(at), Type = type, Message = type, Service = "hello", Environment = "production", Rollout = rollout, Data = data };
}
