using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Pages;

namespace Wheelhouse.Server.Index.Upstreams.Kept;

/// <summary>Fetches a file from an upstream and keeps it, when it is the one that was promised: first its bytes, durably, then its row.</summary>
internal sealed class FileFetcher(
    IFileStore store, StoreTurns turns, UnusedBytes unused, IndexChanges changes, IOptions<IndexOptions> limits, TimeProvider time,
    ILogger<FileFetcher> logger) : IDisposable
{
    /// <summary>How many are fetched at once.</summary>
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentDictionary<(string Sha256, string FileName), ArrivingBytes> _arriving = [];

    /// <summary>The bytes of a file that is being fetched; null before the first has come, and when the upstream does not say how many there will be.</summary>
    public ArrivingBytes? FindArriving(string sha256, string fileName) => _arriving.GetValueOrDefault((sha256, fileName));

    /// <summary>Fetches and keeps a file.</summary>
    /// <exception cref="UpstreamException">It was not given, or it is not the one that was promised. Nothing of it is kept.</exception>
    public async Task<KeptFileRow> FetchAsync(Upstream upstream, string project, UpstreamFile file, CancellationToken token)
    {
        await _places.WaitAsync(token);
        try
        {
            await using var incoming = await store.CreateAsync(token);
            var size = await ReceiveAsync(upstream, file, incoming.Content, token);
            var row = await KeepAsync(incoming, new()
            {
                Project = project,
                FileName = file.FileName,
                Version = file.Version,
                Sha256 = file.Sha256,
                Size = size,
                RequiresPython = file.RequiresPython,
                MetadataSha256 = await FindMetadataAsync(file, incoming.Content, token),
                UploadTime = file.UploadTime,
                Upstream = upstream.Name,
                KeptAt = time.GetUtcNow(),
            }, token);
            logger.LogInformation("Kept {File} of the upstream {Upstream}, {Size} bytes", file.FileName, upstream.Name, size);
            return row;
        }
        catch (UpstreamException failure)
        {
            logger.LogWarning("{File} is not kept: {Failure}", file.FileName, failure.Message);
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<long> ReceiveAsync(Upstream upstream, UpstreamFile file, Stream content, CancellationToken token)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var arriving = new ArrivingBytes(content, file.Size ?? 0);
        var size = 0L;
        try
        {
            size = await Download.ReadAsync(upstream, file.Url, Math.Min(file.Size ?? long.MaxValue, limits.Value.MaxFileSize), TakeAsync, token);
        }
        finally
        {
            _arriving.TryRemove((file.Sha256, file.FileName), out _);
            await arriving.EndAsync();
        }

        if (file.Size is { } promised && promised != size) throw new UpstreamException(upstream.Name, $"sent {size} bytes of {file.FileName}, not the {promised} that it promised");
        return string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), file.Sha256, StringComparison.Ordinal) ? size
            : throw new UpstreamException(upstream.Name, $"sent other bytes as {file.FileName} than it promised: their SHA-256 is wrong");

        ValueTask TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken end)
        {
            hash.AppendData(bytes.Span);
            if (file.Size is not null) _arriving.TryAdd((file.Sha256, file.FileName), arriving);
            return arriving.WriteAsync(bytes, end);
        }
    }

    private async Task<KeptFileRow> KeepAsync(IncomingFile incoming, KeptFileRow row, CancellationToken token)
    {
        using var turn = await turns.TakeAsync(row.Sha256, token);
        try
        {
            await incoming.KeepAsync(row.Sha256, token);
            return await changes.WriteAsync(row.Project, context =>
            {
                if (context.Set<KeptFileRow>().FirstOrDefault(known => known.Sha256 == row.Sha256 && known.FileName == row.FileName) is { } present) return present;
                context.Add(row);
                return row;
            });
        }
        catch
        {
            await unused.RemoveAsync(row.Sha256, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The hash of the metadata in a wheel, which was not checked as uploads are; null when none can be found, or another than the upstream promised.</summary>
    private async Task<string?> FindMetadataAsync(UpstreamFile file, Stream content, CancellationToken token)
    {
        if (!WheelFileName.TryParse(file.FileName, out var wheel)) return null;
        try
        {
            content.Position = 0;
            var hash = Convert.ToHexStringLower(SHA256.HashData(await WheelReader.ReadMetadataAsync(content, wheel, token)));
            return file.MetadataSha256 is null || string.Equals(file.MetadataSha256, hash, StringComparison.Ordinal) ? hash : null;
        }
        catch (Exception odd) when (odd is BadDistributionException or InvalidOperationException or InvalidDataException)
        {
            logger.LogInformation("The metadata of {File} is not given out apart from it: {Reason}", file.FileName, odd.Message);
            return null;
        }
    }
}
