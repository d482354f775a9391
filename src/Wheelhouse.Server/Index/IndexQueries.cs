using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index;

/// <summary>Reads the index. Names of projects and spellings of versions may be any that the standards allow.</summary>
public sealed class IndexQueries(IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>The files of one release, by name; none when there is no such release.</summary>
    public async Task<IReadOnlyList<IndexFile>> ListFilesAsync(string project, string version, CancellationToken token)
    {
        if (!PythonVersion.TryParse(version, out var wanted))
            return [];
        return [.. (await ListFilesAsync(project, until: null, token)).Where(file => file.Version == wanted)];
    }

    /// <summary>One file; null when there is none of that name in the project.</summary>
    public async Task<IndexFile?> FindFileAsync(string project, string fileName, CancellationToken token)
    {
        var name = ProjectName.Normalize(project);
        await using var context = await contexts.CreateDbContextAsync(token);
        var row = await context.Set<FileRow>().AsNoTracking().FirstOrDefaultAsync(f => f.FileName == fileName && f.Project!.Name == name, token);
        return row is null ? null : ToFile(row);
    }

    /// <summary>All files of a project, the oldest version first, then by name; none when there is no such project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="until">Only those uploaded at this moment or before; null for all.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<IReadOnlyList<IndexFile>> ListFilesAsync(string project, DateTimeOffset? until, CancellationToken token)
    {
        var name = ProjectName.Normalize(project);
        await using var context = await contexts.CreateDbContextAsync(token);
        var rows = await Until(context.Set<FileRow>().AsNoTracking().Where(f => f.Project!.Name == name), until).ToListAsync(token);
        return Ordered(rows);
    }

    /// <summary>A project with its status and files; null when it has no files.</summary>
    /// <param name="project">Its normalised name.</param>
    /// <param name="until">Only files uploaded at this moment or before; null for all.</param>
    /// <param name="token">Ends the query.</param>
    internal async Task<ProjectFiles?> FindProjectFilesAsync(string project, DateTimeOffset? until, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var rows = await Until(context.Set<FileRow>().AsNoTracking().Include(f => f.Project).Where(f => f.Project!.Name == project), until).ToListAsync(token);
        return rows is [{ Project: { } found }, ..] ? new(found.Status, found.StatusReason, Ordered(rows)) : null;
    }

    /// <summary>The normalised names of all projects that have files, in their order.</summary>
    /// <param name="until">Only those with a file uploaded at this moment or before; null for all.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<IReadOnlyList<string>> ListProjectsAsync(DateTimeOffset? until, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var files = Until(context.Set<FileRow>(), until);
        return await context.Set<ProjectRow>().Where(p => files.Any(f => f.ProjectId == p.Id)).OrderBy(p => p.Name).Select(p => p.Name).ToListAsync(token);
    }

    /// <summary>Every project with its newest version, by name.</summary>
    public async Task<IReadOnlyList<ProjectView>> ListProjectViewsAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var rows = await context.Set<FileRow>().Select(f => new { f.Project!.Name, f.Project.Status, f.Version, f.Yanked, f.UploadedAt }).ToListAsync(token);
        var projects =
            from row in rows
            group row by row.Name into project
            orderby project.Key
            let versions = project.Select(row => PythonVersion.Parse(row.Version)).ToHashSet()
            let offered = project.Where(row => row.Yanked is null).Select(row => PythonVersion.Parse(row.Version)).ToHashSet()
            let newest = offered.Where(version => !version.IsPrerelease).Max() ?? offered.Max() ?? versions.Max()
            select new ProjectView(project.Key, newest.ToString(), versions.Count, project.Max(row => row.UploadedAt)) { Status = project.First().Status };
        return [.. projects];
    }

    /// <summary>One project with all its releases, the newest first; null when the index has no file of it.</summary>
    /// <param name="project">Its name, normalised or not; null is returned for what is no name.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<ProjectDetail?> FindProjectAsync(string project, CancellationToken token)
    {
        if (!ProjectName.IsValid(project) || await FindProjectFilesAsync(ProjectName.Normalize(project), until: null, token) is not { } found) return null;
        var releases = found.Files.GroupBy(file => file.Version).OrderByDescending(release => release.Key)
            .Select(release => new ReleaseView(release.Key.ToString(), release.Min(file => file.UploadedAt), [.. release.Select(ToView)]));
        return new(ProjectName.Normalize(project), [.. releases]) { Status = found.Status, StatusReason = found.StatusReason };
    }

    private static IReadOnlyList<IndexFile> Ordered(IEnumerable<FileRow> rows) =>
        [.. rows.Select(ToFile).OrderBy(file => file.Version).ThenBy(file => file.FileName, StringComparer.Ordinal)];

    private static IQueryable<FileRow> Until(IQueryable<FileRow> files, DateTimeOffset? until) =>
        until is { } moment ? files.Where(f => f.UploadedAt <= moment) : files;

    private static FileView ToView(IndexFile file) =>
        new(file.FileName, file.UrlPath, file.Sha256, file.Size, file.RequiresPython, file.UploadedAt, file.UploadedBy) { Yanked = file.Yanked, Build = file.Build };

    private static IndexFile ToFile(FileRow row) => new(
        row.FileName, PythonVersion.Parse(row.Version), row.Sha256, row.Size, row.RequiresPython, row.MetadataSha256, row.UploadedAt, row.UploadedBy)
    {
        Yanked = row.Yanked,
        Build = row.Build,
    };
}
