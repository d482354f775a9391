using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Index.Upstreams.Pages;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Says where names come from, and what is kept of upstreams. Asks none of them.</summary>
internal sealed class UpstreamQueries(UpstreamPolicy policy, LocalNames names, UpstreamPages pages, IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>Every project of an upstream of which a file is kept, by name.</summary>
    public async Task<IReadOnlyList<ProjectView>> ListProjectViewsAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var rows = await context.Set<KeptFileRow>().Select(row => new { row.Project, row.Version, row.KeptAt, row.Upstream }).ToListAsync(token);
        return
        [
            .. from row in rows
               group row by row.Project into project
               orderby project.Key
               let versions = project.Select(row => PythonVersion.Parse(row.Version)).ToHashSet()
               let newest = versions.Where(version => !version.IsPrerelease).Max() ?? versions.Max()
               let last = project.MaxBy(row => row.KeptAt)!
               select new ProjectView(project.Key, newest.ToString(), versions.Count, last.KeptAt) { Upstream = last.Upstream },
        ];
    }

    /// <summary>A project without a file that was uploaded here, with what is kept of it; null when nothing is known of the name.</summary>
    /// <param name="project">Its name, normalised or not.</param>
    /// <param name="token">Ends the queries.</param>
    public async Task<ProjectDetail?> FindProjectAsync(string project, CancellationToken token)
    {
        if (!ProjectName.IsValid(project)) return null;
        var name = ProjectName.Normalize(project);
        if (await names.HasAsync(name, token)) return null;
        var (page, kept) = (await pages.ReadAsync(name, token), await ListKeptAsync(name, token));
        var origin = policy.FindReservation(name) is { } pattern ? new ProjectOrigin(ProjectOrigins.Reserved) { Rule = pattern }
            : policy.FindBlock(name) is { } rule ? new ProjectOrigin(ProjectOrigins.Blocked) { Rule = rule }
            : (page?.Upstream ?? kept.LastOrDefault()?.Upstream) is { } upstream ? new ProjectOrigin(ProjectOrigins.Upstream) { Upstream = upstream }
            : null;
        if (origin is null) return null;
        var releases = kept.GroupBy(row => PythonVersion.Parse(row.Version)).OrderByDescending(release => release.Key)
            .Select(release => new ReleaseView(release.Key.ToString(), release.Min(row => row.KeptAt), [.. release.Select(row => ToView(row, page))]));
        return new(name, [.. releases]) { Origin = origin, Status = page?.Status ?? ProjectStatus.Active, StatusReason = page?.StatusReason };
    }

    /// <summary>The origin of a project that was uploaded here.</summary>
    /// <param name="project">Its normalised name.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<ProjectOrigin> DescribeLocalAsync(string project, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var upstream = await context.Set<UpstreamPageRow>().Where(row => row.Project == project).Select(row => row.Upstream).FirstOrDefaultAsync(token);
        return new(ProjectOrigins.Local) { Upstream = upstream, Rule = policy.FindReservation(project) };
    }

    private async Task<List<KeptFileRow>> ListKeptAsync(string project, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return await context.Set<KeptFileRow>().AsNoTracking().Where(row => row.Project == project).OrderBy(row => row.FileName).ToListAsync(token);
    }

    private static FileView ToView(KeptFileRow row, UpstreamPage? page) => new(
        row.FileName, IndexFile.PathOf(row.Sha256, row.FileName), row.Sha256, row.Size, row.RequiresPython, row.KeptAt, $"upstream {row.Upstream}")
    {
        Yanked = page?.Files.FirstOrDefault(file => string.Equals(file.FileName, row.FileName, StringComparison.Ordinal))?.Yanked,
    };
}
