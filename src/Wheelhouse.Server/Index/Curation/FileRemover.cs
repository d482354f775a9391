using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>
/// Deletes files: first their rows, with their names entered in the ledger in the same transaction, then their bytes, unless another file has the same
/// ones. A server that is killed between the two leaves bytes that nobody can reach.
/// </summary>
internal sealed class FileRemover(
    IndexChanges changes, StoreTurns turns, UnusedBytes unused, IEnumerable<IFileUse> uses, EventLog events, AuditLog audit, TimeProvider time)
{
    /// <summary>Deletes files for ever.</summary>
    /// <param name="selection">Which.</param>
    /// <param name="reason">Why; null when that is not said.</param>
    /// <param name="force">Whether to delete also what a release needs that runs or can be reverted to; needs a reason.</param>
    /// <param name="by">Who.</param>
    /// <param name="token">Ends removing bytes; the rows are gone then.</param>
    /// <exception cref="ApiException">404: there is no such file. 409: something needs it. 400: there is force, but no reason.</exception>
    public async Task<DeletedFiles> DeleteAsync(FileSelection selection, string? reason, bool force, string by, CancellationToken token)
    {
        var why = Curator.Checked(reason);
        if (force && why is null) throw FileRefusals.ForceNeedsReason();
        var deleted = await changes.WriteAsync(selection.Project, context => Record(context, selection, why, force, by));
        foreach (var sha256 in deleted.Select(file => file.Sha256).Distinct(StringComparer.Ordinal))
        {
            using var turn = await turns.TakeAsync(sha256, token);
            await unused.RemoveAsync(sha256, token);
        }

        return new([.. deleted.Select(file => file.FileName)]);
    }

    private List<FileRow> Record(WheelhouseContext context, FileSelection selection, string? reason, bool force, string by)
    {
        var files = selection.Find(context);
        var hashes = files.Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        List<string> needed = [.. uses.SelectMany(use => use.Find(context, hashes))];
        if (needed.Count > 0 && !force) throw FileRefusals.Needed(selection, needed);
        foreach (var file in files)
        {
            context.Remove(file);
            context.Add(new DeletedFileRow
            {
                FileName = file.FileName,
                Project = selection.Project,
                Version = file.Version,
                Sha256 = file.Sha256,
                DeletedAt = time.GetUtcNow(),
                DeletedBy = by,
                Reason = reason ?? "",
            });
            audit.Record(context, by, "file.deleted", file.FileName, Detail(file, reason, needed));
        }

        events.Record(context, new(EventTypes.FilesDeleted, $"{by} deleted {selection}{(reason is null ? "" : $": {reason}")}")
        {
            Data = new { project = selection.Project, version = selection.Version, files = files.Select(file => file.FileName), reason, by },
        });
        return files;
    }

    private static string Detail(FileRow file, string? reason, List<string> needed) =>
        $"{file.Size} bytes, sha256 {file.Sha256}{(reason is null ? "" : $": {reason}")}{(needed.Count > 0 ? $"; forced, though needed by {string.Join(", ", needed)}" : "")}";
}
