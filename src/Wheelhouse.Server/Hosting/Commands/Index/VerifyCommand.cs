using System.CommandLine;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Repair;
using Wheelhouse.Server.Index.Maintenance.Verification;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary><c>wheelhouse-server index verify</c>: reads every file of the index, tells what is wrong, and repairs it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var flags = new SettingsFlags("data");
        var repair = new Option<bool>("--repair") { Description = "Set damaged bytes aside, correct rows, and remove what no file has. The server must be stopped." };
        var from = new Option<string?>("--from") { Description = "With --repair: take good bytes from here; an export, another data directory, or a folder that has the files.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("verify", "Reads every file of the index to its end and tells what is wrong; without --repair also beside a running server. Exit code 1 when something is left wrong.") { repair, from, json };
        flags.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(from) is not null && result.GetResult(repair) is null) result.AddError("--from needs --repair.");
        });
        command.SetAction((parsed, token) => Upkeep.RunAsync(
            stop => RunAsync(flags.Load(parsed), parsed.GetValue(repair), parsed.GetValue(from), parsed.GetValue(json), stop),
            "Stopped before the end. What was repaired is repaired; run it again for the rest.", token));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, bool repair, string? from, bool json, CancellationToken token)
    {
        if (from is not null && !Directory.Exists(from)) throw new SourceException($"There is no folder {from}.", "Name one with --from that has the files.");
        await using var workshop = repair ? await Workshop.OpenAloneAsync(settings, mayBeNew: false, token) : await Workshop.OpenToReadAsync(settings, token);
        var progress = new WorkProgress();
        var result = await ProgressLine.OnError().ShowAsync("Verifying", progress, workshop.Get<IndexVerifier>().VerifyAsync(workshop.IsLive, progress, token));
        if (repair) result = await workshop.Get<IndexRepairer>().RepairAsync(result, from is null ? null : Path.GetFullPath(from), Workshop.Person, token);
        if (json) await Console.Out.WriteLineAsync(VerifyReport.Json(result));
        else VerifyReport.Write(result, Console.Out);
        return result.Left == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
