using Wheelhouse.Server.Inventory.Targets;

namespace Wheelhouse.Server.Inventory.Files;

/// <summary>
/// The nodes stand in files on the server, as groups of targets in the form of Prometheus' file discovery
/// (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config).
/// </summary>
public sealed class FileInventory(InventoryFiles files, TimeProvider time) : IWatchableInventory
{
    /// <summary>How often the files are read although nothing was said of a change.</summary>
    internal static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    /// <summary>How long a directory is quiet before what was written there is taken for whole.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>How often more such a pause is waited for, where something is written all the time.</summary>
    private const int MostPauses = 10;

    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public Type OptionsType => typeof(TargetFileOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var read = await TargetFiles.ReadAsync(files, ((TargetFileOptions)options).Path, cancellationToken);
        var groups = new TargetGroups();
        foreach (var file in read.All) groups.Add(file.Read(), file.Refuse);
        return new InventoryResult(groups.Nodes) { Version = read.Version };
    }

    /// <inheritdoc/>
    public async Task WaitForChangeAsync(object options, InventoryContext context, string version, CancellationToken cancellationToken)
    {
        var path = ((TargetFileOptions)options).Path;
        using var changes = new DirectoryChanges(Path.GetDirectoryName(path)!);
        while ((await TargetFiles.ReadAsync(files, path, cancellationToken)).Version == version)
        {
            if (!await changes.WaitAsync(Poll, time, cancellationToken)) continue;
            for (var i = 0; i < MostPauses && await changes.WaitAsync(Quiet, time, cancellationToken);) i++;
        }
    }
}
