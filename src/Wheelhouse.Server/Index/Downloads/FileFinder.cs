using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>Finds files and their metadata: those of this index, and otherwise those of upstreams. Each is named by its project, its hash and its name.</summary>
internal sealed class FileFinder(IDbContextFactory<WheelhouseContext> contexts, IFileStore store, StoredMetadata metadata, UpstreamFiles upstreams)
{
    /// <summary>A file, ready to be sent; null when there is none.</summary>
    /// <exception cref="ApiException">403: it is not given out. 502: the upstream that has it fails.</exception>
    public async Task<IReadyAnswer?> FindAsync(string project, string sha256, string name, CancellationToken token)
    {
        if (await FindLocalAsync(project, sha256, name, token) is { } local) return await ServedFile.FindAsync(store, sha256, local.Since, token);
        var found = await upstreams.FindAsync(project, sha256, name, token);
        if (found?.Arriving is { } arriving) return new ArrivingFile(arriving, store);
        return Of(found?.Kept) is { } kept ? await ServedFile.FindAsync(store, sha256, kept.Since, token) : null;
    }

    /// <summary>The metadata of a wheel, ready to be sent; null when there is none.</summary>
    /// <exception cref="ApiException">403: it is not given out. 502: the upstream that has it fails.</exception>
    public async Task<IReadyAnswer?> FindMetadataAsync(string project, string sha256, string name, CancellationToken token)
    {
        var found = await FindLocalAsync(project, sha256, name, token) ?? Of(await upstreams.FindKeptAsync(project, sha256, name, token));
        if (found is { MetadataSha256: { } hash }) return ServedBytes.Of(await metadata.FindAsync(sha256, name, token), hash, found.Since);
        if (found is not null || await upstreams.FindMetadataAsync(project, sha256, name, token) is not { } fetched) return null;
        return ServedBytes.Of(fetched.Bytes, fetched.Sha256, fetched.Since);
    }

    private async Task<Found?> FindLocalAsync(string project, string sha256, string name, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var row = await context.Set<FileRow>().Where(f => f.FileName == name && f.Sha256 == sha256)
            .Select(f => new { f.MetadataSha256, f.UploadedAt, f.Project!.Status, f.Project.StatusReason }).FirstOrDefaultAsync(token);
        if (row?.Status is ProjectStatus.Quarantined) throw Quarantined(project, row.StatusReason);
        return row is null ? null : new(row.MetadataSha256, row.UploadedAt);
    }

    private static Found? Of(KeptFileRow? kept) => kept is null ? null : new(kept.MetadataSha256, kept.UploadTime ?? kept.KeptAt);

    private static ApiException Quarantined(string project, string? reason) => new(
        StatusCodes.Status403Forbidden, "quarantined", $"The project {project} is quarantined{(reason is null ? "" : $": {reason}")}.",
        "Do not use it; who administers the index can say more.");

    /// <param name="MetadataSha256">The hash of its metadata; null when it has none to give out.</param>
    /// <param name="Since">Since when it is there, for the header Last-Modified.</param>
    private sealed record Found(string? MetadataSha256, DateTimeOffset Since);
}
