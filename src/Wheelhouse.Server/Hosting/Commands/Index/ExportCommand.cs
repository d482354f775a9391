using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Export;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary><c>wheelhouse-server index export</c>: copies the index into a plain folder.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var flags = new SettingsFlags("data");
        var target = new Argument<string>("TARGET") { Description = "A folder: a new one, an empty one, or that of an earlier export, which is brought up to date." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("export", "Copies every file of the index into a folder, by project, with a manifest. Works beside a running server, and goes on where it was stopped.") { target, json };
        flags.AddTo(command);
        command.SetAction((parsed, token) => Upkeep.RunAsync(
            stop => RunAsync(flags.Load(parsed), parsed.GetRequiredValue(target), parsed.GetValue(json), stop),
            "Stopped before the end; there is no manifest yet. Run it again to go on.", token));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, string target, bool json, CancellationToken token)
    {
        await using var workshop = await Workshop.OpenToReadAsync(settings, token);
        var folder = ExportFolder.Open(target, workshop.Get<DataDirectory>());
        var progress = new WorkProgress();
        var report = await ProgressLine.OnError().ShowAsync("Exporting", progress, workshop.Get<IndexExporter>().ExportAsync(folder, progress, token));
        if (json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        else Write(report, target);
        return report.Failed.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void Write(ExportReport report, string target)
    {
        foreach (var failed in report.Failed) Console.Out.WriteLine($"not exported   {failed.Name} ({failed.Project}): {failed.Reason}");
        var counts = string.Create(CultureInfo.InvariantCulture, $"{report.Copied:N0} files were copied and {report.Present:N0} were there already, {FileSize.Text(report.Bytes)} in all");
        Console.Out.WriteLine($"{counts}: {Path.Combine(target, Manifest.FileName)} lists them.{(report.Failed.Count == 0 ? "" : $" {report.Failed.Count} could not be exported. Fix: see 'wheelhouse-server index verify'.")}");
    }
}
