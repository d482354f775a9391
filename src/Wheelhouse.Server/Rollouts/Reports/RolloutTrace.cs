using System.Diagnostics;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>
/// The trace of a rollout: rollout, phases, nodes in a phase, steps on a node. It is made in one piece from the journal when the rollout ended,
/// because a rollout outlives the server that began it; the times are those of the journal. Attributes that do not begin with
/// <c>wheelhouse.</c> are of OpenTelemetry's semantic conventions.
/// </summary>
internal static class RolloutTrace
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "Wheelhouse.Rollouts";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody collects traces.</summary>
    public static bool IsWanted => Source.HasListeners();

    /// <summary>Hands the spans to whoever listens; does nothing when nobody does.</summary>
    public static void Send(RolloutRecord rollout)
    {
        if (!IsWanted) return;
        var (row, end) = (rollout.Row, rollout.Row.EndedAt!.Value);
        using var span = RolloutTraceId.StartRoot(row.Id, () => Start($"{row.Kind} {row.Service}/{row.Environment}", parent: default, row.CreatedAt, TagsOf(row)));
        if (span is null) return;
        End(span, end, row.State is RolloutStates.Failed or RolloutStates.Reverted ? row.Error ?? row.State : null);

        var steps = rollout.Steps.ToLookup(step => rollout.Phases.LastOrDefault(phase => phase.StartedAt <= step.StartedAt) ?? rollout.Phases[0]);
        foreach (var phase in rollout.Phases)
        {
            using var stretch = Start(phase.Name, span.Context, phase.StartedAt, [new("wheelhouse.phase", phase.Name)]);
            if (stretch is null) continue;
            var faults = steps[phase].Count(step => ErrorOf(step) is not null);
            End(stretch, phase.EndedAt, faults > 0 ? $"{faults} of {steps[phase].Count()} steps failed" : null);
            foreach (var node in steps[phase].GroupBy(step => step.Node)) SendNode(node, rollout, stretch.Context, end);
        }
    }

    private static void SendNode(IGrouping<string, StepRow> steps, RolloutRecord rollout, ActivityContext parent, DateTimeOffset end)
    {
        using var span = Start(steps.Key, parent, steps.Min(step => step.StartedAt), TagsOf(rollout.Nodes.FirstOrDefault(node => node.Name == steps.Key), steps.Key));
        if (span is null) return;
        End(span, steps.Max(step => step.EndedAt ?? end), steps.Select(ErrorOf).FirstOrDefault(error => error is not null));
        foreach (var step in steps)
        {
            using var leaf = Start(step.Key.Replace($"/{step.Node}", "", StringComparison.Ordinal), span.Context, step.StartedAt, TagsOf(step), ActivityKind.Client);
            if (leaf is not null) End(leaf, step.EndedAt ?? end, ErrorOf(step));
        }
    }

    private static Activity? Start(
        string name, ActivityContext parent, DateTimeOffset at, IEnumerable<KeyValuePair<string, object?>> tags, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(name, kind, parent, tags.Where(tag => tag.Value is not null), links: null, at);

    /// <summary>Sets the end and the status. The span is stopped when it is disposed of.</summary>
    private static void End(Activity span, DateTimeOffset at, string? error)
    {
        if (error is not null) span.SetStatus(ActivityStatusCode.Error, error);
        span.SetEndTime(at.UtcDateTime);
    }

    private static string? ErrorOf(StepRow step) =>
        step.EndedAt is null ? "It had not ended when the rollout did." : step.Outcome == StepRow.Ok ? null : step.Error ?? step.Outcome;

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(RolloutRow row) =>
    [
        new("deployment.id", row.Id),
        new("deployment.name", $"{row.Service}/{row.Environment}"),
        new("deployment.status", row.State switch
        {
            RolloutStates.Succeeded => "succeeded",
            RolloutStates.Cancelled => "cancelled",
            _ => "failed",
        }),
        new("deployment.environment.name", row.Environment),
        new("wheelhouse.service", row.Service),
        new("wheelhouse.kind", row.Kind),
        new("wheelhouse.result", row.State),
        new("wheelhouse.version", row.Version),
        new("wheelhouse.version.from", row.FromVersion),
        new("wheelhouse.by", row.By),
        new("wheelhouse.reason", row.Reason),
        new("wheelhouse.fix", row.Fix),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(RolloutNodeRow? node, string name) =>
    [
        new("host.name", name),
        new("wheelhouse.batch", node?.Batch),
        new("wheelhouse.node.state", node?.State),
        new("wheelhouse.version", node?.Version),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(StepRow step) =>
    [
        new("host.name", step.Node),
        new("wheelhouse.step", step.Key),
        new("wheelhouse.operation", step.Operation),
        new("wheelhouse.attempt", step.Attempt),
        new("wheelhouse.fix", step.Fix),
        new("error.type", step.Outcome == StepRow.Ok ? null : step.Outcome ?? "not_ended"),
    ];
}
