using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Finds in the event log what became of what a build made.</summary>
internal sealed class FollowingRollouts(IDbContextFactory<WheelhouseContext> contexts, ServiceCatalog services)
{
    /// <summary>How many are found at most.</summary>
    private const int Most = 50;

    /// <summary>The view with the rollouts of the build's version, and where that is not deployed by itself, the newest first; neither while it has not succeeded.</summary>
    public async Task<BuildView> AddAsync(BuildView build, CancellationToken cancellationToken)
    {
        if (build is not { State: BuildStates.Succeeded, Trigger: not BuildTriggers.WorkingTree, StartedAt: { } started, Version: { } version }) return build;
        var names = (await services.ListAsync(cancellationToken)).Where(service => service.Document?.Package.Name.Normalized == build.Project).Select(service => service.Name).ToList();
        if (names.Count == 0) return build;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var named = $"\"version\":{JsonSerializer.Serialize(version, JsonSerializerOptions.Web)},";
        var events = context.Set<EventRow>().AsNoTracking()
            .Where(row => row.At >= started && row.Service != null && names.Contains(row.Service) && row.Data!.Contains(named)).OrderByDescending(row => row.Id);
        var refusals = await events.Where(row => row.Type == EventTypes.RolloutRefused).Take(Most).ToListAsync(cancellationToken);
        return build with { Rollouts = await RolloutsAsync(context, events, cancellationToken), Refusals = [.. refusals.Select(ToRefusal)] };
    }

    private static async Task<IReadOnlyList<BuildRolloutView>> RolloutsAsync(WheelhouseContext context, IQueryable<EventRow> events, CancellationToken cancellationToken)
    {
        var requests = await events.Where(row => row.Type == EventTypes.RolloutRequested && row.Data!.Contains("\"planOnly\":false"))
            .Take(Most).Select(row => new { row.Rollout, row.Service, row.Environment }).ToListAsync(cancellationToken);
        var ids = requests.ConvertAll(request => request.Rollout);
        var ends = await context.Set<EventRow>().AsNoTracking().Where(row => ids.Contains(row.Rollout) && row.Type == EventTypes.RolloutEnded)
            .Select(row => new { row.Rollout, row.Data }).ToListAsync(cancellationToken);
        var states = ends.DistinctBy(end => end.Rollout).ToDictionary(end => end.Rollout!, end => JsonSerializer.Deserialize<Ended>(end.Data!, JsonSerializerOptions.Web)?.State, StringComparer.Ordinal);
        return [.. requests.Select(request => new BuildRolloutView(request.Rollout!, request.Service!, request.Environment!, states.GetValueOrDefault(request.Rollout!)))];
    }

    private static BuildRefusalView ToRefusal(EventRow row)
    {
        var data = JsonSerializer.Deserialize<Refused>(row.Data!, JsonSerializerOptions.Web);
        return new BuildRefusalView(row.Service!, row.Environment!, data?.Error ?? row.Message, data?.Fix);
    }

    private sealed record Ended(string State);

    private sealed record Refused(string? Error, string? Fix);
}
