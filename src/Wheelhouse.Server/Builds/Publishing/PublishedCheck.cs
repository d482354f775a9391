using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Publishing;

/// <summary>Tells before the tests whether the index would take files: their names may belong to other bytes.</summary>
internal sealed class PublishedCheck(IDbContextFactory<WheelhouseContext> contexts, IOptions<IndexOptions> options)
{
    private const string Fix = "Files never change: raise the version in the project's metadata, or have it taken from the tags with 'version: tags'.";

    /// <summary>Why the index would refuse one of the files; null when it would take them all, or has the same bytes.</summary>
    public async Task<BuildFailure?> FindObstacleAsync(string project, IReadOnlyList<BuiltFile> files, CancellationToken token)
    {
        if (files.FirstOrDefault(file => file.Size > options.Value.MaxFileSize) is { } large)
            return new BuildFailure("file_too_large", $"{large.Name} has {large.Size >> 20} MiB, and the index takes files of at most {options.Value.MaxFileMib} MiB.", "Leave out what need not be in it, or raise index.max_file_mib.");
        await using var context = await contexts.CreateDbContextAsync(token);
        if (await context.Set<ProjectRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == project, token) is { } known && ProjectStatus.IsClosed(known.Status))
            return new BuildFailure("project_closed", $"The project {project} is {known.Status} on the index and takes no files.", "Ask an admin to make it active again.");
        return files.Select(file => Find(context, file)).OfType<BuildFailure>().FirstOrDefault();
    }

    private static BuildFailure? Find(WheelhouseContext context, BuiltFile file)
    {
        var name = DistributionFileName.Parse(file.Name);
        if (NameLedger.FindPresent(context, name) is { } present)
            return present.Sha256 == file.Sha256 ? null : Published(file, $"{present.FileName} is on the index with other contents (sha256 {present.Sha256[..12]}…, built now {file.Sha256[..12]}…)");
        if (NameLedger.FindDeleted(context, name) is { } deleted) return Published(file, $"{deleted.FileName} was deleted from the index, and its name is never free again");
        return name is WheelFileName || FindSdist(context, name) is not { } other ? null : Published(file, $"the release has the sdist {other} already");
    }

    /// <summary>The sdist of the same release under a name of another form.</summary>
    private static string? FindSdist(WheelhouseContext context, DistributionFileName name)
    {
        var project = name.Project.Normalized;
        return context.Set<FileRow>().Where(row => row.Project!.Name == project && row.MetadataSha256 == null).Select(row => new { row.FileName, row.Version })
            .AsEnumerable().FirstOrDefault(row => PythonVersion.Parse(row.Version) == name.Version)?.FileName;
    }

    private static BuildFailure Published(BuiltFile file, string why) => new("already_published", $"{file.Version} is published already: {why}.", Fix);
}
