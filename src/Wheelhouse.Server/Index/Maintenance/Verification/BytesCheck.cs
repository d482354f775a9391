using System.Security.Cryptography;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Reads the bytes of a file of the index, to their end, and holds them against what the index says of them.</summary>
internal sealed class BytesCheck(IFileStore store, StoredMetadata metadata)
{

    /// <summary>What is wrong with the bytes of a file; null when nothing is.</summary>
    public async Task<Finding?> FindAsync(IndexedFile file, WorkProgress progress, CancellationToken token)
    {
        try
        {
            await using var stream = await store.OpenAsync(file.Sha256, token);
            if (stream is null) return Finding.On(file, FindingKinds.Missing, "Its bytes are not in the store.", FixFor(file));
            var (sha256, size) = await HashedCopy.ReadAsync(stream, to: null, progress, token);
            if (!string.Equals(sha256, file.Sha256, StringComparison.Ordinal))
                return Finding.On(file, FindingKinds.Damaged, $"Its bytes were changed: {size} bytes in the store have the SHA-256 {sha256}; it came with {file.Size} bytes.", FixFor(file));
            return size == file.Size ? await FindInMetadataAsync(file, token) : Finding.On(
                file, FindingKinds.WrongSize, $"It has {size} bytes, but the index says {file.Size}.", "Repair: the bytes are those that were uploaded, and the index will say their size.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.On(file, FindingKinds.Unreadable, $"Its bytes cannot be read: {e.Message}", "Look at the disk, and at who owns the files of the data directory.");
        }
    }

    private static string FixFor(IndexedFile file) => file.Upstream is null ? "Upload the same file again, or repair with --from and a place that has it."
        : $"Repair: it is brought from the place of --from, or forgotten, and fetched from the upstream {file.Upstream} when somebody asks for it.";

    private async Task<Finding?> FindInMetadataAsync(IndexedFile file, CancellationToken token)
    {
        if (file.Upstream is not null && file.MetadataSha256 is null) return null; // Theirs is not given out when it was odd from the beginning
        if (!WheelFileName.TryParse(file.Name, out _))
            return file.MetadataSha256 is null ? null : Wrong("It is an sdist, but the index offers metadata of it as of a wheel.");
        try
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData((await metadata.FindAsync(file.Sha256, file.Name, token))!));
            return string.Equals(actual, file.MetadataSha256, StringComparison.Ordinal) ? null
                : Wrong($"The metadata in it has the SHA-256 {actual}, but the index says {file.MetadataSha256 ?? "that it has none"}.");
        }
        catch (BadDistributionException e)
        {
            return Finding.On(file, FindingKinds.NoMetadata, $"Its bytes are those that were uploaded, but the metadata in them cannot be read: {e.Message}", $"{e.Fix} Publish it under a new version, and yank this one.");
        }

        Finding Wrong(string message) => Finding.On(file, FindingKinds.WrongMetadata, message, "Repair: the bytes are those that were uploaded, and the index will say what is in them.");
    }
}
