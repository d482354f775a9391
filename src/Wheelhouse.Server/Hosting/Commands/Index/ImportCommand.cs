using System.CommandLine;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Import;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary><c>wheelhouse-server index import</c>: takes another index into this one.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var flags = new SettingsFlags("data", "index");
        var source = new Argument<string>("SOURCE") { Description = "An export, the directory of a devpi-server, or a folder of packages as pypiserver has it." };
        var stages = new Option<string[]>("--stage") { Description = "Of a devpi-server: the stage to import, USER/INDEX; may be given several times.", HelpName = "USER/INDEX" };
        var report = new Option<string?>("--report") { Description = "Where to list what was refused, as JSON lines. Default: a new file in imports/ of the data directory.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("import", "Takes another index into this one, by the checks of an upload. The server must be stopped. Goes on where it was stopped; exit code 1 when files were refused.") { source, stages, report, json };
        flags.AddTo(command);
        command.SetAction((parsed, token) => Upkeep.RunAsync(
            stop => RunAsync(flags.Load(parsed), parsed.GetRequiredValue(source), parsed.GetValue(stages) ?? [], parsed.GetValue(report), parsed.GetValue(json), stop),
            "Stopped before the end. What was imported is there; run it again to go on.", token));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, string folder, string[] stages, string? reportFile, bool json, CancellationToken token)
    {
        if (reportFile is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(reportFile)))) throw new SourceException($"There is no folder for {reportFile}.", "Make it, or name another file with --report.");
        var source = await ImportSource.OpenAsync(folder, stages, token);
        await using var workshop = await Workshop.OpenAloneAsync(settings, mayBeNew: true, token);
        await ImportOutput.TellAsync(source, Console.Error);
        var progress = new WorkProgress();
        var report = await ProgressLine.OnError().ShowAsync("Importing", progress, workshop.Get<IndexImporter>().ImportAsync(source, Workshop.Person, progress, token));
        var file = report.Refused.Count == 0 ? null : await ImportOutput.SaveAsync(report, reportFile, workshop.Get<DataDirectory>(), workshop.Get<TimeProvider>());
        await Console.Out.WriteLineAsync(json ? ImportOutput.Json(report) : ImportOutput.Text(report, file));
        return report.Refused.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
