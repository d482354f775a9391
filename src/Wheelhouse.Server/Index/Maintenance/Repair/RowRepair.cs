using System.Security.Cryptography;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Storage;

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
            audit.Record(context, by, "file.corrected", finding.Name, $"size {size}, metadata {hash ?? "none"}");
            foreach (var row in context.Set<FileRow>().Where(file => file.FileName == finding.Name && file.Sha256 == finding.Sha256)) (row.Size, row.MetadataSha256) = (size, hash);
            foreach (var row in Kept(context, finding)) (row.Size, row.MetadataSha256) = (size, hash);
            return true;
        });
    }

    /// <summary>Forgets a file of an upstream whose bytes are lost, so that it is fetched again when somebody asks for it.</summary>
    public Task ForgetAsync(Finding finding, string by) => changes.WriteAsync(finding.Project!, context =>
    {
        context.RemoveRange(Kept(context, finding));
        audit.Record(context, by, "file.forgotten", finding.Name, $"sha256 {finding.Sha256}, of the upstream {finding.Upstream}");
        return true;
    });

    private static IQueryable<KeptFileRow> Kept(WheelhouseContext context, Finding finding) =>
        context.Set<KeptFileRow>().Where(file => file.FileName == finding.Name && file.Sha256 == finding.Sha256);

    private async Task<string?> HashMetadataAsync(Finding finding, CancellationToken token) =>
        WheelFileName.TryParse(finding.Name, out _) && await metadata.FindAsync(finding.Sha256!, finding.Name, token) is { } text ? Convert.ToHexStringLower(SHA256.HashData(text)) : null;
}
