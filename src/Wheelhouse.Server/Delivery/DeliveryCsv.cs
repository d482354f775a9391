using System.Globalization;
using System.Text;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Server.Delivery;

/// <summary>Writes a report as CSV (RFC 4180): a row for each bucket and service. Pure.</summary>
internal static class DeliveryCsv
{
    private static readonly string[] Columns =
    [
        "from", "to", "service", "team", "environments", "deployments", "failed", "change_failure_rate", "changes", "lead_time_basis",
        "lead_time_median_seconds", "lead_time_p90_seconds", "restored", "time_to_restore_median_seconds", "time_to_restore_p90_seconds", "unrestored",
    ];

    /// <summary>Characters with which spreadsheets begin a formula.</summary>
    private static readonly char[] FormulaSigns = ['=', '+', '-', '@', '\t', '\r', '\n'];

    /// <summary>The whole file, its first line the names of the columns.</summary>
    public static string Write(DeliveryReport report)
    {
        var text = new StringBuilder();
        AppendLine(text, Columns);
        var services = report.Services.Select(service => (Service: service, Buckets: report.Buckets(service.Deployments))).ToList();
        for (var bucket = 0; bucket < (services.Count == 0 ? 0 : services[0].Buckets.Count); bucket++)
            foreach (var (service, buckets) in services) AppendLine(text, Row(service, buckets[bucket]));
        return text.ToString();
    }

    /// <summary>
    /// A text as one cell. A leading sign that a spreadsheet would take for a formula gets an apostrophe before it; what holds a comma, a quote or a line's
    /// end is quoted.
    /// </summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && FormulaSigns.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static IEnumerable<string> Row(ServiceDeployments service, DeliveryBucket bucket)
    {
        var figures = bucket.Figures;
        return
        [
            Time(bucket.From), Time(bucket.To), service.Service, service.Team ?? "", string.Join(' ', service.Environments),
            Number(figures.Deployments), Number(figures.Failed), Number(figures.ChangeFailureRate),
            Number(figures.LeadTime?.Count ?? 0), figures.LeadTimeBasis ?? "", Number(figures.LeadTime?.Median), Number(figures.LeadTime?.P90),
            Number(figures.TimeToRestore?.Count ?? 0), Number(figures.TimeToRestore?.Median), Number(figures.TimeToRestore?.P90), Number(figures.Unrestored),
        ];
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
