using System.Text.Json;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Phases;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>
/// Raises the epoch above what every node has seen. Needed after the database was restored from a backup, when the nodes, rightly, refuse the older epoch.
/// </summary>
internal sealed class FenceReset(ServiceCatalog services, NodeFinder finder, IGrainFactory grains, DatabaseWriter writer, AuditLog audit)
{
    /// <returns>The epoch before and after, and the nodes that could not be read.</returns>
    public async Task<FenceResetResult> RunAsync(string service, string environment, string by, CancellationToken token)
    {
        var (document, _) = await services.RequireAsync(service, environment, token);
        var settings = document.Find(environment)!;
        var home = new NodeHome(service, environment, settings.Root, settings.User);
        var id = Guid.CreateVersion7().ToString();
        var seen = await Task.WhenAll((await finder.FindAsync(settings.Nodes, new InventoryContext(service, environment), token)).Nodes.Select(async node =>
        {
            var command = new NodeCommand { Id = $"fence/{id}", Node = node, Home = home, Op = "facts", ArgsJson = JsonSerializer.Serialize(new { python = settings.Python }) };
            var grain = grains.GetGrain<INodeGrain>(NodeGrainKey.For(service, environment, node.Name));
            var report = await grain.Advance(command);
            while (!report.Ended && !token.IsCancellationRequested) report = await grain.Advance(command);
            return (node.Name, Epoch: report.ResultJson is { } json ? JsonSerializer.Deserialize<NodeFacts>(json, NodeJson.Options)!.Epoch ?? 0 : (long?)null);
        }));
        return await writer.WriteAsync(context =>
        {
            var row = context.Set<EnvironmentRow>().Find(service, environment);
            if (row is null) context.Add(row = new EnvironmentRow { Service = service, Environment = environment });
            if (row.ActiveRollout is { } active)
                throw new ApiException(409, ProblemCodes.RolloutActive, $"Rollout {active} is active.", "Wait for its end or cancel it.") { Rollout = active };
            var before = row.Epoch;
            row.Epoch = Math.Max(before, seen.Max(node => node.Epoch) ?? 0);
            audit.Record(context, by, "fence.reset", $"{service}/{environment}", $"epoch {before} → {row.Epoch}");
            return new FenceResetResult(before, row.Epoch, [.. seen.Where(node => node.Epoch is null).Select(node => node.Name)]);
        }, token);
    }
}

/// <summary>What resetting the fence did.</summary>
/// <param name="Before">The epoch of the database before.</param>
/// <param name="After">The epoch now: the next rollout works under a higher one.</param>
/// <param name="Unread">The nodes that could not be asked: they may have seen a higher one still.</param>
internal sealed record FenceResetResult(long Before, long After, IReadOnlyList<string> Unread);
