using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Upstreams;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>Puts a checked file on the index: first its bytes, durably, then its row. Of two uploads of one name the first wins.</summary>
internal sealed class Publisher(IndexChanges changes, StoreTurns turns, UnusedBytes unused, EventLog events, AuditLog audit, TimeProvider time)
{
    // Each upload asks these once, on the one thread that writes.
    private static readonly Func<WheelhouseContext, string, string?> HashOf =
        EF.CompileQuery((WheelhouseContext context, string fileName) => context.Set<FileRow>().Where(f => f.FileName == fileName).Select(f => f.Sha256).FirstOrDefault());
    private static readonly Func<WheelhouseContext, string, ProjectRow?> ProjectOf =
        EF.CompileQuery((WheelhouseContext context, string name) => context.Set<ProjectRow>().FirstOrDefault(p => p.Name == name));

    /// <summary>Publishes a file; the same bytes under the same name again change nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="contents">What was read from it.</param>
    /// <param name="by">Who publishes it.</param>
    /// <param name="token">Ends the work before the file is kept.</param>
    /// <param name="build">The build that it comes from; null when that is not known.</param>
    /// <param name="history">What another index knows of it, when it comes from there; null for an upload.</param>
    /// <exception cref="ApiException">The name belongs to other bytes, or the release has another sdist.</exception>
    public async Task PublishAsync(ReceivedFile file, DistributionContents contents, string by, string? build, CancellationToken token, FileHistory? history = null)
    {
        var row = new FileRow
        {
            FileName = file.Name.Text,
            Version = contents.Metadata.Version.ToString(),
            Sha256 = file.Sha256,
            Size = file.Size,
            RequiresPython = contents.Metadata.RequiresPythonText,
            MetadataSha256 = file.Name is WheelFileName ? contents.MetadataSha256 : null,
            UploadedBy = history?.UploadedBy ?? by,
            Build = build,
            Yanked = history?.Yanked,
        };
        using var turn = await turns.TakeAsync(file.Sha256, token);
        try
        {
            await file.Incoming.KeepAsync(file.Sha256, token);
            if (await changes.WriteAsync(contents.Metadata.Name.Normalized, context => Record(context, row, file.Name, contents.Metadata.Name, by, history)) is { } refusal)
                throw refusal;
        }
        catch
        {
            await unused.RemoveAsync(file.Sha256, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Records the file. Null when the name now belongs to these bytes, else why it does not.</summary>
    private ApiException? Record(WheelhouseContext context, FileRow row, DistributionFileName name, ProjectName project, string by, FileHistory? history)
    {
        if (HashOf(context, row.FileName) is { } present)
            return string.Equals(present, row.Sha256, StringComparison.Ordinal) ? null : UploadRefusals.NameIsTaken(row.FileName, row.Sha256);
        if (NameLedger.FindDeleted(context, name) is { } deleted)
            return UploadRefusals.NameIsSpent(deleted.FileName);
        var known = ProjectOf(context, project.Normalized);
        if (history is null && known is not null && ProjectStatus.IsClosed(known.Status))
            return UploadRefusals.IsClosed(known);
        if (row.IsSdist && SdistOf(context, project, row.Version) is { } other)
            return UploadRefusals.SecondSdist(project.Normalized, row.Version, other);
        if (!row.IsSdist && NameLedger.FindPresent(context, name) is { } twin && !string.Equals(twin.Sha256, row.Sha256, StringComparison.Ordinal))
            return UploadRefusals.NameIsTaken(twin.FileName, twin.Sha256);
        if (known is null) TakenName.Record(context, audit, project.Normalized, by);
        row.UploadedAt = history?.UploadedAt ?? time.GetUtcNow();
        row.Project = known ?? context.Add(new ProjectRow { Name = project.Normalized, DisplayName = project.Text, CreatedAt = row.UploadedAt }).Entity;
        context.Add(row);
        audit.Record(context, by, history is null ? "file.published" : "file.imported", row.FileName, $"{row.Size} bytes, sha256 {row.Sha256}");
        if (history is null)
        {
            events.Record(context, new(EventTypes.FilePublished, $"{by} published {row.FileName}")
            {
                Data = new { project = project.Normalized, version = row.Version, file = row.FileName, by, build = row.Build },
            });
        }

        return null;
    }

    /// <summary>The sdist that a release has, whichever way its version is written; null when it has none.</summary>
    private static string? SdistOf(WheelhouseContext context, ProjectName project, string version)
    {
        var wanted = PythonVersion.Parse(version);
        var (from, to) = (NameLedger.ShortestSpelling(wanted), NameLedger.ShortestSpelling(wanted) + char.MaxValue);
        return context.Set<FileRow>()
            .Where(f => f.Project!.Name == project.Normalized && f.MetadataSha256 == null && string.Compare(f.Version, from) >= 0 && string.Compare(f.Version, to) < 0)
            .Select(f => new { f.FileName, f.Version }).AsEnumerable().FirstOrDefault(f => PythonVersion.Parse(f.Version).Equals(wanted))?.FileName;
    }
}

/// <summary>What another index knows of a file that comes from there.</summary>
/// <param name="UploadedAt">When it joined that index.</param>
/// <param name="UploadedBy">Who uploaded it there.</param>
/// <param name="Yanked">Why it is yanked there (PEP 592): empty when no reason was given, null when it is not.</param>
internal sealed record FileHistory(DateTimeOffset UploadedAt, string UploadedBy, string? Yanked);
