namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The data directory can be written, and only its owner can look into it.</summary>
internal sealed class DataDirectoryCheck : IServerCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "data";

    public Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken) => Task.FromResult(Look(surroundings.Data.Root));

    private static CheckResult Look(string root)
    {
        if (!Directory.Exists(root)) return CheckResult.Warning($"{root} does not exist yet.", "'wheelhouse-server run' makes it, if it may.");
        try
        {
            var probe = Path.Combine(root, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CheckResult.Failed(exception.Message, "Run as the user who runs the server, and give that user the directory.");
        }

        return (File.GetUnixFileMode(root) & Others) == UnixFileMode.None
            ? CheckResult.Ok($"{root} can be written.")
            : CheckResult.Warning($"{root} is open to other users of this machine.", $"Run 'chmod 700 {root}'.");
    }
}
