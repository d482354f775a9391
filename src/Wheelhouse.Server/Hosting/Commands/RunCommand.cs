using System.CommandLine;
using System.Net.Sockets;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Commands;

/// <summary><c>wheelhouse-server run</c>: runs the server until SIGTERM or Ctrl-C.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var flags = new SettingsFlags();
        var command = new Command("run", "Runs the server until SIGTERM or Ctrl-C. Every setting can also be set in a file or by an environment variable.");
        flags.AddTo(command);
        command.SetAction((parsed, token) => RunAsync(() => flags.Load(parsed), token));
        return command;
    }

    private static async Task<int> RunAsync(Func<ServerSettings> load, CancellationToken cancellationToken)
    {
        try
        {
            var settings = load();
            foreach (var warning in settings.Warnings) await Console.Error.WriteLineAsync("warning: " + warning);
            using var held = new DataDirectory(Path.GetFullPath(settings.Get<ServerOptions>().Data)).Open();
            await using var app = Program.Build(settings, Console.Out);
            await app.RunAsync(cancellationToken);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is SettingsException or DataDirectoryException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Wrong;
        }
        catch (IOException exception) when (exception.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"urls: {exception.Message} Fix: choose another port with --urls, or stop the program that uses it.");
            return ExitCodes.Wrong;
        }
    }
}
