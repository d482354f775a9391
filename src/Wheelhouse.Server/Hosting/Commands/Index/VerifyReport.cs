using System.Globalization;
using System.Text.Json;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary>Tells what came of verifying the index, to people and to programs.</summary>
internal static class VerifyReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Json(IndexReport result) => JsonSerializer.Serialize(result, Options);

    public static void Write(IndexReport result, TextWriter output)
    {
        foreach (var finding in result.Findings)
        {
            output.WriteLine($"{(finding.IsRepaired ? "repaired" : finding.Kind),-14} {finding.Name}{About(finding)}");
            output.WriteLine($"{"",-14} {finding.Message}");
            if (finding.Done is not null) output.WriteLine($"{"",-14} {finding.Done}");
            if (finding.NeededBy.Count > 0) output.WriteLine($"{"",-14} needed by {string.Join(", ", finding.NeededBy)}");
            if (!finding.IsRepaired) output.WriteLine($"{"",-14} fix: {finding.Fix}");
        }

        var counts = string.Create(CultureInfo.InvariantCulture, $"{result.Files:N0} files with {FileSize.Text(result.Bytes)} were read to their end");
        output.WriteLine(result.Findings.Count == 0 ? $"{counts}: all is right." : $"{counts}: {result.Findings.Count} findings, {result.Findings.Count - result.Left} repaired, {result.Left} left.");
    }

    private static string About(Finding finding) => finding.Project is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $" ({finding.Project} {finding.Version}, {(finding.Upstream is null ? $"uploaded by {finding.UploadedBy}" : $"kept from the upstream {finding.Upstream}")} on {finding.UploadedAt?.UtcDateTime:yyyy-MM-dd HH:mm} UTC)");
}
