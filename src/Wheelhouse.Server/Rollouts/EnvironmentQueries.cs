using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Holds;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Reads what runs where.</summary>
public sealed class EnvironmentQueries(IDbContextFactory<WheelhouseContext> contexts, HoldQueries holds) : IEnvironmentStates
{
    /// <summary>What runs in one environment, as far as known.</summary>
    public async Task<EnvironmentView> GetAsync(string service, EnvironmentDocument environment, CancellationToken cancellationToken = default)
    {
        var name = environment.Name;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var history = await GoodReleases.History(context, service, name).ToListAsync(cancellationToken);
        var stack = GoodReleases.Stack(history);
        var current = stack.Count == 0 ? null : stack[^1];
        var back = GoodReleases.RevertTarget(history);
        var active = await context.Set<EnvironmentRow>().AsNoTracking()
            .Where(row => row.Service == service && row.Environment == name).Select(row => row.ActiveRollout).FirstOrDefaultAsync(cancellationToken);
        var nodes = await context.Set<NodeStateRow>().AsNoTracking()
            .Where(row => row.Service == service && row.Environment == name).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var backReleases = back is null ? [] : await ReleasesOfAsync(context, back.Id, cancellationToken);
        return new EnvironmentView(
            name,
            current?.Version,
            current?.EndedAt,
            current?.By,
            active,
            back?.Version,
            nodes.Count(node => node.Releases.Lines().Any(backReleases.Contains)),
            [.. nodes.Select(node => new NodeStateView(
                node.Name, node.Address, node.Version, node.State, node.Detail, node.LastContact, node.Releases.Lines()))])
        {
            Holds = holds.Find(context, service, name, environment.Freezes),
        };
    }

    public async Task<(string Environment, string Rollout)?> FindActiveAsync(string service, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<EnvironmentRow>().AsNoTracking()
            .Where(row => row.Service == service && row.ActiveRollout != null).OrderBy(row => row.Environment).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : (row.Environment, row.ActiveRollout!);
    }

    /// <summary>The names of the nodes that run the environment's current release, proved.</summary>
    internal async Task<IReadOnlySet<string>> GoodNodesAsync(string service, string environment)
    {
        await using var context = await contexts.CreateDbContextAsync();
        return await context.Set<NodeStateRow>()
            .Where(row => row.Service == service && row.Environment == environment && row.State == NodeStates.Good)
            .Select(row => row.Name).ToHashSetAsync();
    }

    /// <summary>The ids of the releases that must stay on the nodes: the current good one and the one a revert goes back to.</summary>
    internal async Task<IReadOnlyList<string>> ReleasesToKeepAsync(string service, string environment)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var stack = GoodReleases.Stack(await GoodReleases.History(context, service, environment).ToListAsync());
        var keep = new List<string>();
        foreach (var rollout in stack.TakeLast(2)) keep.AddRange(await ReleasesOfAsync(context, rollout.Id, CancellationToken.None));
        return keep;
    }

    private static Task<List<string>> ReleasesOfAsync(WheelhouseContext context, string rollout, CancellationToken token) =>
        context.Set<RolloutNodeRow>().Where(node => node.Rollout == rollout && node.Release != null)
            .Select(node => node.Release!).Distinct().ToListAsync(token);
}
