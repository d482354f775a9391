using System.Globalization;
using System.Text;
using System.Text.Json;
using Wheelhouse.Server.Index.Maintenance.Import;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary>Tells what is imported and what came of it.</summary>
internal static class ImportOutput
{
    private const int MostShown = 20;

    /// <summary>Says what was found, before the work begins.</summary>
    public static async Task TellAsync(ImportSource source, TextWriter output)
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"{source.Files.Count:N0} files, {FileSize.Text(source.Files.Sum(file => file.Size))}");
        await output.WriteLineAsync($"{source.Description}: {counts}.");
        foreach (var note in source.Notes) await output.WriteLineAsync(note);
    }

    public static string Json(ImportReport report) => JsonSerializer.Serialize(report, JsonSerializerOptions.Web);

    public static string Text(ImportReport report, string? file)
    {
        var text = new StringBuilder();
        foreach (var refused in report.Refused.Take(MostShown)) text.AppendLine(CultureInfo.InvariantCulture, $"refused   {refused.Path}\n          {refused.Code}: {refused.Message}\n          fix: {refused.Fix}");
        if (report.Refused.Count > MostShown) text.AppendLine(CultureInfo.InvariantCulture, $"… and {report.Refused.Count - MostShown} more.");
        text.Append(CultureInfo.InvariantCulture, $"{report.Imported:N0} files were imported ({FileSize.Text(report.Bytes)}), {report.Present:N0} were there already, {report.Refused.Count:N0} were refused.");
        if (report.Deleted + report.Statuses > 0) text.Append(CultureInfo.InvariantCulture, $" {report.Deleted:N0} names of deleted files and {report.Statuses:N0} statuses of projects were taken over.");
        if (file is not null) text.Append(CultureInfo.InvariantCulture, $"\nWhat was refused is listed in {file}.");
        return text.ToString();
    }

    /// <summary>Lists what was refused, a JSON object a line.</summary>
    /// <returns>Where.</returns>
    public static async Task<string> SaveAsync(ImportReport report, string? path, DataDirectory data, TimeProvider time)
    {
        var moment = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var target = Path.GetFullPath(path ?? Path.Combine(DataDirectory.CreatePrivate(Path.Combine(data.Root, "imports")).FullName, $"{moment}.jsonl"));
        await File.WriteAllLinesAsync(target, report.Refused.Select(refused => JsonSerializer.Serialize(refused, JsonSerializerOptions.Web)));
        return target;
    }
}
