using System.Security.Cryptography;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance.Verification;

namespace Wheelhouse.Server.Index.Maintenance.Repair;

/// <summary>Makes a row say what is in the bytes of its file, whose hash is the one that they were uploaded with.</summary>
internal sealed class RowRepair(IndexChanges changes, IFileStore store, StoredMetadata metadata, AuditLog audit)
{
    /// <summary>Corrects the size and the hash of the metadata.</summary>
    public async Task RepairAsync(Finding finding, string by, CancellationToken token)
    {
        await using var bytes = await store.OpenAsync(finding.Sha256!, token);
        var (size, hash) = (bytes!.Length, await HashMetadataAsync(finding, token));
        await changes.WriteAsync(finding.Project!, context =>
        {
            var row = context.Set<FileRow>().Single(file => file.FileName == finding.Name && file.Sha256 == finding.Sha256);
            audit.Record(context, by, "file.corrected", row.FileName, $"size {row.Size} to {size}, metadata {row.MetadataSha256 ?? "none"} to {hash ?? "none"}");
            (row.Size, row.MetadataSha256) = (size, hash);
            return true;
        });
    }

    private async Task<string?> HashMetadataAsync(Finding finding, CancellationToken token) =>
        WheelFileName.TryParse(finding.Name, out _) && await metadata.FindAsync(finding.Sha256!, finding.Name, token) is { } text ? Convert.ToHexStringLower(SHA256.HashData(text)) : null;
}
