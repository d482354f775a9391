using System.Globalization;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The data directory can be written; it and the secret folders in it belong to the server's user, and nobody else can look into them.</summary>
internal sealed class DataDirectoryCheck : IServerCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Name => "data";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var data = surroundings.Data;
        if (!Directory.Exists(data.Root)) return CheckResult.Warning($"{data.Root} does not exist yet.", "'wheelhouse-server run' makes it, if it may.");
        return TryWrite(data.Root)
            ?? await FindForeignAsync(data, surroundings.Running?.Pid, cancellationToken)
            ?? FindOpen(data)
            ?? CheckResult.Ok($"{data.Root} can be written, by its owner alone.");
    }

    private static CheckResult? TryWrite(string root)
    {
        try
        {
            var probe = Path.Combine(root, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CheckResult.Failed(exception.Message, "Run as the user who runs the server, and give that user the directory.");
        }
    }

    /// <summary>Looks for what belongs to another user than the running server's; when none runs, than the directory's owner, so that root may run the doctor.</summary>
    private static async Task<CheckResult?> FindForeignAsync(DataDirectory data, int? server, CancellationToken cancellationToken)
    {
        string[] paths = [data.Root, .. new[] { data.Keys, data.Ssh, data.Files, data.Database }.Where(Path.Exists)];
        var owners = await FileOwners.FindAsync([server is { } pid ? string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}") : data.Root, .. paths], cancellationToken);
        if (owners.Length != paths.Length + 1) return CheckResult.Warning("The owners of the data directory could not be read.", $"Look at them: ls -ln {data.Root}");
        var foreign = Array.FindIndex(owners, 1, owner => owner != owners[0]);
        return foreign < 0 ? null : CheckResult.Failed(
            $"{paths[foreign - 1]} belongs to user {owners[foreign]}, and the server's user is {owners[0]}.", $"Run 'chown -R {owners[0]} {data.Root}'.");
    }

    private static CheckResult? FindOpen(DataDirectory data) =>
        new[] { data.Root, data.Keys, data.Ssh }.FirstOrDefault(path => Directory.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None) is { } open
            ? CheckResult.Warning($"{open} is open to other users of this machine.", $"Run 'chmod 700 {open}'.")
            : null;
}
