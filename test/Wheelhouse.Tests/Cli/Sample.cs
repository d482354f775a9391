using System.Text.Json;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Cli;

/// <summary>A rollout of two nodes, and its events.</summary>
internal static class Sample
{
    public const string Id = "01JD0000000000000000000000";

    public static readonly DateTimeOffset Start = new(2026, 2, 3, 14, 0, 0, TimeSpan.Zero);

    public static RolloutView Rollout(string state, params RolloutNodeView[] nodes) => new()
    {
        Id = Id,
        Service = "hello",
        Environment = "production",
        Kind = RolloutKinds.Deploy,
        State = state,
        Version = "1.1.0",
        FromVersion = "1.0.0",
        By = "ada",
        CreatedAt = Start,
        StartedAt = Start,
        EndedAt = RolloutStates.IsEnded(state) ? Start.AddSeconds(42) : null,
        Plan = new PlanView("1.1.0", [["app1"], ["app2"]], [], 0, []),
        Nodes = nodes.Length > 0 ? nodes : [Node("app1", 1, "pending"), Node("app2", 2, "pending")],
    };

    public static RolloutNodeView Node(string name, int batch, string state, string? version = "1.0.0", string? error = null, string? fix = null, params string[] evidence) =>
        new(name, batch, state, "1.0.0", version, error, fix, evidence);

    public static RolloutView Succeeded { get; } = Rollout(
        RolloutStates.Succeeded,
        Node("app1", 1, "good", "1.1.0", evidence: ["2 workers started after the flip", "the version endpoint said 1.1.0"]),
        Node("app2", 2, "good", "1.1.0", evidence: ["2 workers started after the flip"]));

    public static RolloutView Reverted { get; } = Rollout(
        RolloutStates.Reverted,
        Node("app1", 1, "reverted", error: "The health check answered 500.", fix: "Read the service's log on the node.", evidence: ["the version endpoint said 1.0.0"]),
        Node("app2", 2, "staged")) with
    { Error = "1 node failed, and the failure budget is 0." };

    /// <summary>The events of a rollout that succeeds.</summary>
    public static IReadOnlyList<EventView> Success { get; } =
    [
        Event(11, 0, EventTypes.RolloutRequested, "deploy of 1.1.0 asked for by ada"),
        Event(12, 0, EventTypes.RolloutStarted, "started", new { epoch = 7 }),
        Event(13, 1, EventTypes.RolloutPhase, "staging on 2 nodes", new { phase = "stage" }),
        Event(14, 1, EventTypes.NodeState, "staging 1.1.0", new { state = "staging" }, "app1"),
        Event(15, 1, EventTypes.StepStarted, "stage", new { step = "stage" }, "app1"),
        Event(16, 4, EventTypes.NodeState, "staged 1.1.0", new { state = "staged" }, "app1"),
        Event(17, 5, EventTypes.NodeState, "staged 1.1.0", new { state = "staged" }, "app2"),
        Event(18, 5, EventTypes.RolloutPhase, "activating 1.1.0", new { phase = "activate" }),
        Event(19, 5, EventTypes.RolloutBatch, "batch 1 of 2: app1", new { batch = 1, nodes = new[] { "app1" } }),
        Event(20, 5, EventTypes.NodeState, "activating 1.1.0", new { state = "activating" }, "app1"),
        Event(21, 8, EventTypes.NodeState, "runs 1.1.0, proven", new { state = "good", version = "1.1.0" }, "app1"),
        Event(22, 8, EventTypes.RolloutBatch, "batch 2 of 2: app2", new { batch = 2, nodes = new[] { "app2" } }),
        Event(23, 9, EventTypes.NodeState, "runs 1.1.0, proven", new { state = "good", version = "1.1.0" }, "app2"),
        Event(24, 42, EventTypes.RolloutEnded, "succeeded", new { state = "succeeded", version = "1.1.0" }),
    ];

    public static EventView Ended(string state, long id = 99) => Event(id, 42, EventTypes.RolloutEnded, state, new { state });

    public static EventView Event(long id, int seconds, string type, string message, object? data = null, string? node = null) => new(
        id, Start.AddSeconds(seconds), type, "hello", "production", Id, node, message,
        data is null ? null : JsonSerializer.SerializeToElement(data, WheelhouseClient.Json));
}
