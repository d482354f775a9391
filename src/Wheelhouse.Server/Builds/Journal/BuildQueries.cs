using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Builds.Statuses;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Reads builds.</summary>
internal sealed class BuildQueries(IDbContextFactory<WheelhouseContext> contexts, EventReader events, FollowingRollouts rollouts)
{
    /// <summary>One build with its tests, commits and rollouts; null when there is none.</summary>
    public async Task<BuildView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<BuildRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null) return null;
        var status = await context.Set<StatusRow>().AsNoTracking().FirstOrDefaultAsync(status => status.Build == id, cancellationToken);
        return await rollouts.AddAsync(row.ToView() with { StatusError = status?.Error }, cancellationToken);
    }

    /// <summary>Builds, the newest first.</summary>
    /// <param name="project">Only those of this project, in any spelling; null for all.</param>
    /// <param name="state">Only those in one of <see cref="BuildStates"/>; null for all but those that were skipped.</param>
    /// <param name="before">Only those older than this id; null means from the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<BuildView>> ListAsync(string? project, string? state, string? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<BuildRow>().AsNoTracking();
        if (project is not null)
        {
            var name = ProjectName.Normalize(project);
            rows = rows.Where(row => row.Project == name);
        }

        rows = state is null ? rows.Where(row => row.State != BuildStates.Skipped) : rows.Where(row => row.State == state);
        if (before is not null) rows = rows.Where(row => string.Compare(row.Id, before) < 0);
        return [.. (await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken)).Select(row => row.ToBrief())];
    }

    /// <summary>What a build printed, line by line, with a line before each step and each attempt.</summary>
    public async IAsyncEnumerable<string> ReadLogAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new EventFilter { Build = id };
        long after = 0;
        while (await events.ReadAsync(filter, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var line in page.SelectMany(Lines)) yield return line;
            after = page[^1].Id;
        }
    }

    private static IEnumerable<string> Lines(EventView view) => view.Type switch
    {
        EventTypes.BuildLog => view.Data?.GetProperty("lines").Deserialize<string[]>(JsonSerializerOptions.Web) ?? [],
        EventTypes.BuildStep => ["", $"== {view.Message} =="],
        _ => [$"== {view.Message} =="],
    };
}
