using System.CommandLine;
using System.Text.Json;
using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Hosting.Doctor;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Commands;

/// <summary><c>wheelhouse-server doctor</c>: checks the server's surroundings, whether it runs or not.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var flags = new SettingsFlags();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var command = new Command("doctor", "Checks what the server depends on: disk, database, ssh, ports, certificate, address, upstreams, clock, builds. Exit code 1 when a check failed.") { json };
        flags.AddTo(command);
        command.SetAction((parsed, token) => RunAsync(() => flags.Load(parsed), parsed.GetValue(json), token));
        return command;
    }

    private static async Task<int> RunAsync(Func<ServerSettings> load, bool json, CancellationToken cancellationToken)
    {
        ServerSettings settings;
        try
        {
            settings = load();
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Wrong;
        }

        var data = new DataDirectory(Path.GetFullPath(settings.Get<ServerOptions>().Data));
        var running = data.IsHeld() ? await ServerFile.ReadAsync(data, cancellationToken) : null;
        var findings = await ServerDoctor.RunAsync(new Surroundings(settings, data, running, TimeProvider.System.GetUtcNow()), cancellationToken);
        await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(findings, Json) : Table(findings));
        return findings.Any(finding => finding.Status == "failed") ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static string Table(IReadOnlyList<DoctorFinding> findings) => string.Join('\n', findings.Select(finding =>
        $"{finding.Status,-8} {finding.Check,-12} {finding.Message}" + (finding.Fix is null ? "" : $"\n{"",-22}fix: {finding.Fix}")));
}
