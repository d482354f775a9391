using System.Globalization;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Repair;

/// <summary>
/// Repairs what a verification found, while no server runs: damaged bytes are set aside, never deleted; good ones are brought from where there are any;
/// rows are corrected; what no file has is removed. Each of these is audited.
/// </summary>
internal sealed class IndexRepairer(IFileStore store, GoodBytes good, RowRepair rows, DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>Repairs what can be repaired.</summary>
    /// <param name="verification">What was found.</param>
    /// <param name="from">A folder that may have good bytes; null for none.</param>
    /// <param name="by">Who repairs, for the audit log.</param>
    /// <param name="token">Ends the work; what was done remains.</param>
    /// <returns>The same findings, with what was done about each.</returns>
    public async Task<IndexReport> RepairAsync(IndexReport verification, string? from, string by, CancellationToken token)
    {
        await store.RemoveUnkeptAsync(token);
        var folder = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var findings = new List<Finding>();
        var brought = new Dictionary<string, (string? Aside, string? Source)>(StringComparer.Ordinal); // By hash: files may have the same bytes
        foreach (var finding in verification.Findings)
        {
            findings.Add(finding.Kind switch
            {
                FindingKinds.Missing or FindingKinds.Damaged => await RestoreAsync(finding, brought, from, folder, by, token),
                FindingKinds.WrongSize or FindingKinds.WrongMetadata => await CorrectAsync(finding, by, token),
                FindingKinds.Orphan => await RemoveAsync(finding, by, token),
                FindingKinds.Leftover => finding with { Done = "Removed.", IsRepaired = true },
                _ => finding,
            });
        }

        return verification with { Findings = findings };
    }

    private async Task<Finding> RestoreAsync(
        Finding finding, Dictionary<string, (string? Aside, string? Source)> brought, string? from, string folder, string by, CancellationToken token)
    {
        if (!brought.TryGetValue(finding.Sha256!, out var places))
        {
            var moved = finding.Kind is FindingKinds.Damaged ? await store.SetAsideAsync(finding.Sha256!, folder, token) : null;
            brought[finding.Sha256!] = places = (moved, from is null ? null : await good.BringAsync(finding, from, token));
        }

        var (aside, source) = places;
        string[] done = [.. aside is null ? [] : (string[])[$"The damaged bytes are in {aside}."], .. source is null ? [] : (string[])[$"Good bytes came from {source}."]];
        if (source is null && finding.Upstream is not null)
        {
            await rows.ForgetAsync(finding, by);
            return finding with { Done = string.Join(' ', [.. done, $"Forgotten: it is fetched from the upstream {finding.Upstream} when somebody asks for it."]), IsRepaired = true };
        }

        if (done.Length == 0) return finding;
        var text = string.Join(' ', done);
        await RecordAsync(by, source is null ? "file.set_aside" : "file.restored", finding.Name, text);
        return finding with { Done = text, IsRepaired = source is not null };
    }

    private async Task<Finding> CorrectAsync(Finding finding, string by, CancellationToken token)
    {
        await rows.RepairAsync(finding, by, token);
        return finding with { Done = "The index says now what is in the file.", IsRepaired = true };
    }

    private async Task<Finding> RemoveAsync(Finding finding, string by, CancellationToken token)
    {
        await store.DeleteAsync(finding.Name, token);
        await RecordAsync(by, "index.orphan_removed", finding.Name, finding.Message);
        return finding with { Done = "Removed.", IsRepaired = true };
    }

    private Task RecordAsync(string by, string action, string subject, string detail) =>
        writer.WriteAsync(context => audit.Record(context, by, action, subject, detail));
}
