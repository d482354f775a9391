using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Export;

/// <summary>Copies the index into a folder that needs no Wheelhouse to be read. It changes nothing of the index, and works beside a running server.</summary>
internal sealed class IndexExporter(IndexRows rows, IFileStore store, IDbContextFactory<WheelhouseContext> contexts, TimeProvider time)
{
    /// <summary>Exports all files. Those that are there with the right bytes stay as they are, so an export that was stopped goes on.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="token">Ends the work.</param>
    public async Task<ExportReport> ExportAsync(ExportFolder folder, WorkProgress progress, CancellationToken token)
    {
        var (files, bytes) = await rows.CountUploadedAsync(token);
        progress.Expect(files, bytes);
        var (copied, present) = (new ConcurrentDictionary<long, bool>(), 0);
        var failed = new ConcurrentBag<FailedFile>();
        await Parallel.ForEachAsync(rows.ReadUploadedAsync(token), Workers.Writing(token), async (file, stop) =>
        {
            if (await IsThereAsync(folder, file, progress, stop)) Interlocked.Increment(ref present);
            else if (await CopyAsync(folder, file, progress, stop) is { } reason)
            {
                if (await rows.HasAsync(file.FileName, file.Sha256, stop)) failed.Add(new(file.FileName, file.Project?.Name, reason));
                return;
            }

            copied[file.Id] = true;
            progress.AddFile();
        });
        await using var manifest = folder.CreateManifest();
        await Manifest.WriteAsync(manifest.Content, LinesAsync(copied, token), token);
        await manifest.KeepAsync(Manifest.FileName, token);
        folder.Finish();
        return new(copied.Count - present, present, progress.Bytes, [.. failed.OrderBy(file => file.Name, StringComparer.Ordinal)]);
    }

    private static async Task<bool> IsThereAsync(ExportFolder folder, FileRow file, WorkProgress progress, CancellationToken token)
    {
        if (folder.PathOf(file) is not { } path || !File.Exists(path) || new FileInfo(path).Length != file.Size) return false;
        await using var stream = File.OpenRead(path);
        if ((await HashedCopy.ReadAsync(stream, to: null, progress: null, token)).Sha256 != file.Sha256) return false;
        progress.AddBytes(file.Size);
        return true;
    }

    /// <summary>Copies a file, and reads its bytes as it does: what is damaged is not exported.</summary>
    /// <returns>Why it was not copied; null when it was.</returns>
    private async Task<string?> CopyAsync(ExportFolder folder, FileRow file, WorkProgress progress, CancellationToken token)
    {
        if (folder.PathOf(file) is not { } path) return "its row names no file of a project";
        try
        {
            await using var source = await store.OpenAsync(file.Sha256, token);
            if (source is null) return "its bytes are not in the store";
            await using var target = folder.Create(path);
            var read = await HashedCopy.ReadAsync(source, target.Content, progress, token);
            if (read.Sha256 != file.Sha256) return "its bytes are damaged";
            await target.KeepAsync(path, token);
            File.SetLastWriteTimeUtc(path, file.UploadedAt.UtcDateTime);
            return null;
        }
        catch (UnreadableFileException e)
        {
            return $"its bytes cannot be read: {e.Message}";
        }
    }

    private async IAsyncEnumerable<ManifestLine> LinesAsync(ConcurrentDictionary<long, bool> copied, [EnumeratorCancellation] CancellationToken token)
    {
        long files = 0;
        yield return new ManifestStart(ManifestLine.Format, time.GetUtcNow());
        await using (var context = await contexts.CreateDbContextAsync(token))
        {
            foreach (var project in await context.Set<ProjectRow>().AsNoTracking().OrderBy(project => project.Name).ToListAsync(token))
                yield return new ManifestProject(project.Name, project.DisplayName, project.CreatedAt, project.Status, project.StatusReason);
            foreach (var deleted in await context.Set<DeletedFileRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(token))
                yield return new ManifestDeleted(deleted.FileName, deleted.Project, deleted.Version, deleted.Sha256, deleted.DeletedAt, deleted.DeletedBy, deleted.Reason);
        }

        await foreach (var file in rows.ReadUploadedAsync(token).Where(file => copied.ContainsKey(file.Id)))
        {
            files++;
            yield return new ManifestFile(file.FileName, file.Project!.Name, file.Version, file.Sha256, file.Size, file.UploadedAt, file.UploadedBy, file.Yanked, file.Build);
        }

        yield return new ManifestEnd(files);
    }
}
