using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Inventory;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Holds;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;
namespace Wheelhouse.Server.Rollouts;

/// <summary>Reads what runs where.</summary>
public sealed class EnvironmentQueries(IDbContextFactory<WheelhouseContext> contexts, HoldQueries holds, InventoryAnswers answers) : IEnvironmentStates
{
    /// <summary>What runs in one environment, as far as known.</summary>
    public async Task<EnvironmentView> GetAsync(string service, EnvironmentDocument environment, CancellationToken cancellationToken = default) =>
        (await ListAsync([(service, environment)], cancellationToken))[0];

    public async Task<IReadOnlyList<EnvironmentView>> ListAsync(
        IReadOnlyList<(string Service, EnvironmentDocument Environment)> environments, CancellationToken cancellationToken = default)
    {
        var services = environments.Select(one => one.Service).Distinct(StringComparer.Ordinal).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var histories = (await GoodReleases.History(context, services).ToListAsync(cancellationToken)).ToLookup(row => (row.Service, row.Environment));
        var active = await context.Set<EnvironmentRow>().AsNoTracking()
            .Where(row => services.Contains(row.Service)).ToDictionaryAsync(row => (row.Service, row.Environment), row => row.ActiveRollout, cancellationToken);
        var nodes = (await context.Set<NodeStateRow>().AsNoTracking()
            .Where(row => services.Contains(row.Service)).OrderBy(row => row.Name).ToListAsync(cancellationToken)).ToLookup(row => (row.Service, row.Environment));
        var back = histories.ToDictionary(history => history.Key, history => GoodReleases.RevertTarget([.. history]));
        var releases = await ReleasesOfAsync(context, [.. back.Values.OfType<RolloutRow>().Select(row => row.Id)], cancellationToken);
        var inventories = await answers.ListAsync(context, [.. environments.Select(one => (new InventoryContext(one.Service, one.Environment.Name), one.Environment.Nodes))], cancellationToken);
        var standing = await holds.FindStandingAsync(context, cancellationToken);
        return [.. environments.Select(one =>
        {
            var key = (one.Service, one.Environment.Name);
            var answer = inventories.GetValueOrDefault(new InventoryContext(one.Service, one.Environment.Name));
            return View(one.Environment.Name, [.. histories[key]], active.GetValueOrDefault(key), back.GetValueOrDefault(key), releases, [.. nodes[key]], answer) with
            {
                Inventory = answer is null ? null : new InventoryView(answer.FoundAt, answer.Problem?.Message, answer.Problem?.Fix),
                Holds = holds.Of(standing, one.Service, one.Environment.Name, one.Environment.Freezes),
            };
        })];
    }

    public (string Environment, string Rollout)? FindActive(WheelhouseContext context, string service)
    {
        var row = context.Set<RolloutRow>().AsNoTracking()
            .Where(row => row.Service == service && row.EndedAt == null && !row.PlanOnly).OrderBy(row => row.Id).FirstOrDefault();
        return row is null ? null : (row.Environment, row.Id);
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
        var releases = await ReleasesOfAsync(context, [.. stack.TakeLast(2).Select(rollout => rollout.Id)], CancellationToken.None);
        return [.. releases.SelectMany(ofRollout => ofRollout)];
    }

    private static EnvironmentView View(
        string name, IReadOnlyList<RolloutRow> history, string? active, RolloutRow? back, ILookup<string, string> releases, IReadOnlyList<NodeStateRow> nodes,
        InventoryAnswer? answer)
    {
        var stack = GoodReleases.Stack(history);
        var current = stack.Count == 0 ? null : stack[^1];
        return new EnvironmentView(
            name,
            current?.Version,
            current?.EndedAt,
            current?.By,
            active,
            back?.Version,
            back is null ? 0 : nodes.Count(node => node.Releases.Lines().Any(releases[back.Id].Contains)),
            [.. KnownNodes.Of(nodes, answer)]);
    }

    /// <summary>The ids of the releases that rollouts brought, each once, by rollout.</summary>
    private static async Task<ILookup<string, string>> ReleasesOfAsync(WheelhouseContext context, IReadOnlyList<string> rollouts, CancellationToken token) =>
        (await context.Set<RolloutNodeRow>().Where(node => rollouts.Contains(node.Rollout) && node.Release != null)
            .Select(node => new { node.Rollout, Release = node.Release! }).Distinct().ToListAsync(token)).ToLookup(node => node.Rollout, node => node.Release, StringComparer.Ordinal);
}
