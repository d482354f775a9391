using System.Security.Cryptography;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Distributions.Archives;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Reads the bytes of a file of the index, to their end, and holds them against what the index says of them.</summary>
internal sealed class BytesCheck(IFileStore store, StoredMetadata metadata)
{
    private const string UploadAgain = "Upload the same file again, or repair with --from and a place that has it.";

    /// <summary>What is wrong with the bytes of a file; null when nothing is.</summary>
    public async Task<Finding?> FindAsync(FileRow file, WorkProgress progress, CancellationToken token)
    {
        try
        {
            await using var stream = await store.OpenAsync(file.Sha256, token);
            if (stream is null) return Finding.On(file, FindingKinds.Missing, "Its bytes are not in the store.", UploadAgain);
            var (sha256, size) = await HashAsync(stream, progress, token);
            if (!string.Equals(sha256, file.Sha256, StringComparison.Ordinal))
                return Finding.On(file, FindingKinds.Damaged, $"Its bytes were changed: {size} bytes in the store have the SHA-256 {sha256}; it was uploaded with {file.Size} bytes.", UploadAgain);
            return size == file.Size ? await FindInMetadataAsync(file, token) : Finding.On(
                file, FindingKinds.WrongSize, $"It has {size} bytes, but the index says {file.Size}.", "Repair: the bytes are those that were uploaded, and the index will say their size.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.On(file, FindingKinds.Unreadable, $"Its bytes cannot be read: {e.Message}", "Look at the disk, and at who owns the files of the data directory.");
        }
    }

    private async Task<Finding?> FindInMetadataAsync(FileRow file, CancellationToken token)
    {
        if (!WheelFileName.TryParse(file.FileName, out _))
            return file.MetadataSha256 is null ? null : Wrong("It is an sdist, but the index offers metadata of it as of a wheel.");
        try
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData((await metadata.FindAsync(file.Sha256, file.FileName, token))!));
            return string.Equals(actual, file.MetadataSha256, StringComparison.Ordinal) ? null
                : Wrong($"The metadata in it has the SHA-256 {actual}, but the index says {file.MetadataSha256 ?? "that it has none"}.");
        }
        catch (BadDistributionException e)
        {
            return Finding.On(file, FindingKinds.NoMetadata, $"Its bytes are those that were uploaded, but the metadata in them cannot be read: {e.Message}", $"{e.Fix} Publish it under a new version, and yank this one.");
        }

        Finding Wrong(string message) => Finding.On(file, FindingKinds.WrongMetadata, message, "Repair: the bytes are those that were uploaded, and the index will say what is in them.");
    }

    private static async Task<(string Sha256, long Size)> HashAsync(Stream stream, WorkProgress progress, CancellationToken token)
    {
        long size = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await stream.ForEachChunkAsync(Take, token);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);

        void Take(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            size += bytes.Length;
            progress.AddBytes(bytes.Length);
        }
    }
}
