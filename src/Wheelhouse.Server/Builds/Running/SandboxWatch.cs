namespace Wheelhouse.Server.Builds.Running;

/// <summary>Looks twice a second, from outside, whether a sandbox uses more than it may.</summary>
internal static class SandboxWatch
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>What is left when a disk counts as full: no file system gives out its last page.</summary>
    private const long Full = 4096;

    /// <summary>Looks until it finds something, or nobody waits any more.</summary>
    /// <param name="first">The process that made the sandbox.</param>
    /// <param name="limits">How much the sandbox may use.</param>
    /// <param name="time">The clock.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The limit that was passed.</returns>
    public static async Task<BuildFailure> WaitAsync(int first, BuildLimits limits, TimeProvider time, CancellationToken token)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (true)
        {
            await timer.WaitForNextTickAsync(token);
            if (Find(first, limits) is { } failure) return failure;
        }
    }

    private static BuildFailure? Find(int first, BuildLimits limits)
    {
        var tree = ProcessTree.Of(first);
        if (tree.Threads >= limits.Processes) return new BuildFailure("process_limit", $"The build had {limits.Processes} processes and threads: as many as it may.", "Let it start fewer, or raise the limit.");
        if (tree.Processes.Count < 2) return null;
        var (used, free) = DiskOf(tree.Processes[1]);
        if (free < Full) return new BuildFailure("disk_limit", $"The build filled its disk of {limits.Disk >> 20} MiB.", "Let it write less, or raise the limit.");
        used += MemoryFiles.Of(tree.Processes);
        return used + tree.Memory(limits.Memory - used) > limits.Memory
            ? new BuildFailure("memory_limit", $"The build used more than its {limits.Memory >> 20} MiB of memory, files that it wrote included.", "Let it use less, or raise the limit.")
            : null;
    }

    /// <summary>The sandbox's disk, as its first process sees it. No name on the way can be changed from within.</summary>
    private static (long Used, long Free) DiskOf(int inside)
    {
        try
        {
            var disk = new DriveInfo($"/proc/{inside}/root/build");
            return disk.DriveFormat == "tmpfs" ? (disk.TotalSize - disk.TotalFreeSpace, disk.TotalFreeSpace) : (0, long.MaxValue); // Not mounted yet
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return (0, long.MaxValue);
        }
    }
}
