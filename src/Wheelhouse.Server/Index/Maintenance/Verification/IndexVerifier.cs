using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Reads every file of the index to its end and finds what is wrong. It changes nothing, and works beside a running server.</summary>
internal sealed class IndexVerifier(
    IndexRows rows, BytesCheck bytes, StoreCheck store, IEnumerable<IFileUse> uses, IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>Verifies the whole index.</summary>
    /// <param name="isLive">Whether a server runs on it, and changes it meanwhile.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="token">Ends the work.</param>
    public async Task<IndexReport> VerifyAsync(bool isLive, WorkProgress progress, CancellationToken token)
    {
        var (files, size) = await rows.CountAsync(token);
        progress.Expect(files, size);
        var found = new ConcurrentBag<Finding>();
        await Parallel.ForEachAsync(rows.ReadAsync(token), Workers.Reading(token), async (file, stop) =>
        {
            var findings = ((Finding?[])[file.Uploaded is { } row ? RowCheck.Find(row) : null, await bytes.FindAsync(file, progress, stop)]).OfType<Finding>().ToList();
            // A file that was deleted meanwhile is missing by right.
            if (findings.Count > 0 && await rows.HasAsync(file.Name, file.Sha256, stop)) findings.ForEach(finding => found.Add(finding with { NeededBy = FindUses(file.Sha256) }));
            progress.AddFile();
        });
        var inStore = await store.FindAsync(isLive, token).ToListAsync(token);
        return new(progress.Files, progress.Bytes, [
            .. found.OrderBy(finding => finding.Project, StringComparer.Ordinal).ThenBy(finding => finding.Name, StringComparer.Ordinal),
            .. inStore.OrderBy(finding => finding.Name, StringComparer.Ordinal)]);
    }

    private List<string> FindUses(string sha256)
    {
        using var context = contexts.CreateDbContext();
        var sha256s = new HashSet<string>(StringComparer.Ordinal) { sha256 };
        return [.. uses.SelectMany(use => use.Find(context, sha256s))];
    }
}
