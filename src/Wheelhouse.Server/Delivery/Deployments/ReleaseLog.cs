using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>Reads from the event log which commits releases contain, and when they were published.</summary>
internal sealed class ReleaseLog(IDbContextFactory<WheelhouseContext> contexts) : IDisposable
{
    private readonly LogTail<Said> _said = new(contexts, EventTypes.ReleaseCommits, row =>
    {
        var data = Parse<CommitsData>(row);
        return new Said(data.Project, new KnownRelease(data.Version, data.Previous, data.Commits));
    });

    private readonly LogTail<Published> _published = new(contexts, EventTypes.FilePublished, row =>
    {
        var data = Parse<PublishedData>(row);
        return new Published(data.Project, data.Version, row.At);
    });

    /// <summary>What is known of the releases of projects, by the project's normalised name; nothing of those that the log does not name.</summary>
    public async Task<IReadOnlyDictionary<string, KnownReleases>> ReadAsync(CancellationToken token)
    {
        var said = (await _said.ReadAsync(token)).ToLookup(one => one.Project, one => one.Release, StringComparer.Ordinal);
        var published = (await _published.ReadAsync(token)).ToLookup(one => one.Project, StringComparer.Ordinal);
        var projects = said.Select(group => group.Key).Union(published.Select(group => group.Key), StringComparer.Ordinal);
        return projects.ToDictionary(name => name, name => new KnownReleases(Releases(said[name]), Publications(published[name])), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _said.Dispose();
        _published.Dispose();
    }

    /// <summary>What was said last of each release of a project, with all that is known of its commits; the one that was said last first.</summary>
    public async Task<IReadOnlyList<ReleaseCommitsView>> ListAsync(string project, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return Views(await SaidOf(context, project).ToListAsync(token));
    }

    /// <summary>What was said last of one release; null when nothing was.</summary>
    public async Task<ReleaseCommitsView?> FindAsync(string project, string version, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return Views(await SaidOf(context, project, version).ToListAsync(token)) is [var last, ..] ? last : null;
    }

    private static Dictionary<string, KnownRelease> Releases(IEnumerable<KnownRelease> said)
    {
        var releases = new Dictionary<string, KnownRelease>(StringComparer.Ordinal);
        foreach (var release in said) releases[release.Version] = release;
        return releases;
    }

    private static Dictionary<string, DateTimeOffset> Publications(IEnumerable<Published> published)
    {
        var first = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var release in published) first.TryAdd(release.Version, release.At);
        return first;
    }

    private static IReadOnlyList<ReleaseCommitsView> Views(IReadOnlyList<EventRow> said) =>
        [.. said.Reverse().Select(row => (row.At, Data: Parse<SaidData>(row))).DistinctBy(entry => entry.Data.Version, StringComparer.Ordinal)
            .Select(entry => new ReleaseCommitsView(entry.Data.Version, entry.Data.Commit, entry.Data.Previous, entry.Data.Commits, entry.At, entry.Data.By))];

    /// <summary>
    /// What was said of a project's releases, or of one, the oldest first. Project and version are the first members of the data, so its text begins with them.
    /// </summary>
    private static IQueryable<EventRow> SaidOf(WheelhouseContext context, string project, string? version = null)
    {
        var beginning = $"{{\"project\":{JsonSerializer.Serialize(project, JsonSerializerOptions.Web)},";
        if (version is not null) beginning += $"\"version\":{JsonSerializer.Serialize(version, JsonSerializerOptions.Web)},";
        return context.Set<EventRow>().AsNoTracking().Where(row => row.Type == EventTypes.ReleaseCommits && row.Data!.StartsWith(beginning)).OrderBy(row => row.Id);
    }

    private static TData Parse<TData>(EventRow row) => JsonSerializer.Deserialize<TData>(row.Data!, JsonSerializerOptions.Web)!;

    private sealed record Said(string Project, KnownRelease Release);

    private sealed record Published(string Project, string Version, DateTimeOffset At);

    private sealed record PublishedData(string Project, string Version);

    private sealed record CommitsData(string Project, string Version, string? Previous, IReadOnlyList<KnownCommit> Commits);

    private sealed record SaidData(string Version, string? Previous, string Commit, string By, IReadOnlyList<CommitView> Commits);
}
