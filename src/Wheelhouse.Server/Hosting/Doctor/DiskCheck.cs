namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>There is room on the data directory's disk.</summary>
internal sealed class DiskCheck : IServerCheck
{
    private const long Mebibyte = 1024 * 1024;

    private const long Tight = 2048 * Mebibyte;

    private const long TooLittle = 200 * Mebibyte;

    public string Name => "disk";

    public Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var directory = new DirectoryInfo(surroundings.Data.Root);
        while (!directory.Exists) directory = directory.Parent!;
        var free = new DriveInfo(directory.FullName).AvailableFreeSpace;
        var message = $"{free / Mebibyte} MiB are free at {directory.FullName}.";
        const string Fix = "Make room, or move the data directory to a larger disk.";
        return Task.FromResult(free < TooLittle ? CheckResult.Failed(message, Fix) : free < Tight ? CheckResult.Warning(message, Fix) : CheckResult.Ok(message));
    }
}
