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
    /// <summary>Finds a file, and fetches it first if need be: its bytes are in the store then. Null when it is not offered here.</summary>
    /// <param name="project">The normalised name of its project.</param>
    /// <param name="sha256">The hash of its bytes.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="token">Ends waiting; fetching goes on.</param>
    /// <exception cref="Hosting.Http.ApiException">403: it is blocked. 502: the upstream fails. 507: it cannot be stored.</exception>
    public async Task<KeptFileRow?> FindAsync(string project, string sha256, string fileName, CancellationToken token)
    {
        if (await FindKeptAsync(project, sha256, fileName, token) is { } kept) return kept;
        try
        {
            return await FindOfferedAsync(project, sha256, fileName, token) is not var (upstream, file) ? null
                : await fetching.RunAsync($"{sha256} {fileName}", end => FetchAsync(upstream, project, file, end)).WaitAsync(token);
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
