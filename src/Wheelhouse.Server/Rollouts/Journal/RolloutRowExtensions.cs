using System.Text.Json;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>Reads what the rows keep as text.</summary>
internal static class RolloutRowExtensions
{
    public static IReadOnlyList<string> Lines(this string text) => text.Length == 0 ? [] : text.Split('\n');

    public static IReadOnlyList<string> EvidenceLines(this RolloutNodeRow node) => node.Evidence.Lines();

    public static InventoryNode ToInventoryNode(this RolloutNodeRow node) =>
        JsonSerializer.Deserialize<InventoryNode>(node.Node, JsonSerializerOptions.Web)!;

    public static RolloutView ToView(this RolloutRow row, IEnumerable<RolloutNodeRow> nodes) => new()
    {
        Id = row.Id,
        TraceId = RolloutId.ToTraceId(row.Id),
        Service = row.Service,
        Environment = row.Environment,
        Kind = row.Kind,
        State = row.State,
        Phase = row.Phase,
        Version = row.Version,
        FromVersion = row.FromVersion,
        PlanOnly = row.PlanOnly,
        By = row.By,
        Reason = row.Reason,
        OverrideHold = row.OverrideHold,
        Error = row.Error,
        Fix = row.Fix,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        Plan = row.Plan is null ? null : JsonSerializer.Deserialize<PlanView>(row.Plan, JsonSerializerOptions.Web),
        Nodes = [.. nodes.Select(node => new RolloutNodeView(
            node.Name, node.Batch, node.State, node.FromVersion, node.Version, node.Error, node.Fix, node.EvidenceLines()))],
    };
}
