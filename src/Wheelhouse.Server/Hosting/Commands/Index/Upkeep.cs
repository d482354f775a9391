using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary>Runs the verbs of <c>wheelhouse-server index</c> and tells what stopped them.</summary>
internal static class Upkeep
{
    /// <summary>Runs a verb.</summary>
    /// <param name="work">Loads the settings, works, and returns the exit code; its token ends with Ctrl-C and SIGTERM.</param>
    /// <param name="stopped">What to say when it was interrupted.</param>
    /// <param name="token">Ends the work.</param>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> work, string stopped, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await work(stop.Token);
        }
        catch (Exception e) when (e is SettingsException or DataDirectoryException or SourceException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Wrong;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(stopped);
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Fix: look at the disk, and at who owns the files.");
            return ExitCodes.Failed;
        }

        // The second one ends the process at once.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
