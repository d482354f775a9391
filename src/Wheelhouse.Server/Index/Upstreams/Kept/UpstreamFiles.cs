using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Uploads;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Pages;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams.Kept;

/// <summary>
/// The files of upstreams. What is kept is given out whatever else holds, but for the blocklist: whoever asks for it names its hash, as locks do.
/// </summary>
internal sealed class UpstreamFiles(
    UpstreamPolicy policy, LocalNames names, UpstreamPages pages, Offer offer, FileFetcher fetcher, SharedWork<KeptFileRow> fetching, SharedWork<byte[]> reading,
    IDbContextFactory<WheelhouseContext> contexts, ILogger<UpstreamFiles> logger)
{
    /// <summary>How long somebody waits for a whole file before its beginning is passed on: installers give up when nothing comes for 15 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Finds a file, and fetches it first if need be. Its bytes are in the store then, but for a large one that is still being fetched after a while.
    /// Null when it is not offered here.
    /// </summary>
    /// <param name="project">The normalised name of its project.</param>
    /// <param name="sha256">The hash of its bytes.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="token">Ends waiting; fetching goes on.</param>
    /// <exception cref="Hosting.Http.ApiException">403: it is blocked. 502: the upstream fails. 507: it cannot be stored.</exception>
    public async Task<FoundUpstreamFile?> FindAsync(string project, string sha256, string fileName, CancellationToken token)
    {
        if (await FindKeptAsync(project, sha256, fileName, token) is { } kept) return new(kept, Arriving: null);
        try
        {
            if (await FindOfferedAsync(project, sha256, fileName, token) is not var (upstream, file)) return null;
            var done = fetching.RunAsync($"{sha256} {fileName}", end => FetchAsync(upstream, project, file, end));
            await Task.WhenAny(done, Task.Delay(Patience, token));
            return !done.IsCompleted && fetcher.FindArriving(sha256, fileName) is { } bytes
                ? new(Kept: null, new(sha256, bytes, done))
                : new(await done.WaitAsync(token), Arriving: null);
        }
        catch (UpstreamException failure)
        {
            throw UpstreamRefusals.Failed(failure);
        }
        catch (IOException failure)
        {
            logger.LogError(failure, "A file of an upstream could not be stored");
            throw UploadRefusals.NotStored();
        }
    }

    /// <summary>Finds the METADATA of a wheel that is offered and not kept (PEP 658). It is not kept either: it is in the wheel.</summary>
    /// <exception cref="Hosting.Http.ApiException">502: the upstream fails.</exception>
    public async Task<FetchedMetadata?> FindMetadataAsync(string project, string sha256, string fileName, CancellationToken token)
    {
        try
        {
            if (await FindOfferedAsync(project, sha256, fileName, token) is not var (upstream, file) || file.MetadataSha256 is not { } hash) return null;
            var bytes = await reading.RunAsync($"{sha256} {fileName}", end => ReadMetadataAsync(upstream, file.Url, hash, end)).WaitAsync(token);
            return new(bytes, hash, file.UploadTime ?? file.SeenAt);
        }
        catch (UpstreamException failure)
        {
            throw UpstreamRefusals.Failed(failure);
        }
    }

    /// <summary>A file that is kept; null when it is not.</summary>
    /// <exception cref="Hosting.Http.ApiException">403: it is blocked.</exception>
    public async Task<KeptFileRow?> FindKeptAsync(string project, string sha256, string fileName, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var kept = await context.Set<KeptFileRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == sha256 && row.FileName == fileName, token);
        return kept is not null && policy.FindBlock(project, kept.Version) is { } rule ? throw UpstreamRefusals.Blocked(fileName, rule) : kept;
    }

    private async Task<(Upstream Upstream, UpstreamFile File)?> FindOfferedAsync(string project, string sha256, string fileName, CancellationToken token)
    {
        if (policy.Upstreams.Count == 0 || policy.IsOffline || await names.HasAsync(project, token)) return null;
        if (await pages.FindAsync(project, token) is not { Page: var page }) return null;
        var file = offer.Of(project, page, until: null).FirstOrDefault(file =>
            string.Equals(file.Sha256, sha256, StringComparison.Ordinal) && string.Equals(file.FileName, fileName, StringComparison.Ordinal));
        return file is null ? null : (policy.Upstreams.First(upstream => string.Equals(upstream.Name, page.Upstream, StringComparison.Ordinal)), file);
    }

    private async Task<KeptFileRow> FetchAsync(Upstream upstream, string project, UpstreamFile file, CancellationToken token) =>
        // Somebody else's fetching may have ended since this request looked.
        await FindKeptAsync(project, file.Sha256, file.FileName, token) ?? await fetcher.FetchAsync(upstream, project, file, token);

    private static async Task<byte[]> ReadMetadataAsync(Upstream upstream, string url, string sha256, CancellationToken token)
    {
        var bytes = new MemoryStream();
        await Download.ReadAsync(upstream, $"{url}.metadata", SmallFile.MaxSize, (piece, end) => bytes.WriteAsync(piece, end), token);
        var content = bytes.ToArray();
        return string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), sha256, StringComparison.Ordinal) ? content
            : throw new UpstreamException(upstream.Name, $"sent other bytes as {new Uri(url).Segments[^1]}.metadata than it promised: their SHA-256 is wrong");
    }
}

/// <summary>Metadata of a wheel that is not kept.</summary>
/// <param name="Bytes">The METADATA.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Since">Since when the wheel is there.</param>
internal sealed record FetchedMetadata(byte[] Bytes, string Sha256, DateTimeOffset Since);

/// <summary>A file of an upstream: either one that is kept, or one that is being fetched.</summary>
/// <param name="Kept">The kept one, or null.</param>
/// <param name="Arriving">The one that is being fetched, or null.</param>
internal sealed record FoundUpstreamFile(KeptFileRow? Kept, ArrivingUpstreamFile? Arriving);

/// <summary>A file that is being fetched.</summary>
/// <param name="Sha256">The hash that it must have.</param>
/// <param name="Bytes">What has come of it.</param>
/// <param name="Done">Ends when it is kept, or fails with an <see cref="UpstreamException"/>.</param>
internal sealed record ArrivingUpstreamFile(string Sha256, ArrivingBytes Bytes, Task<KeptFileRow> Done);
