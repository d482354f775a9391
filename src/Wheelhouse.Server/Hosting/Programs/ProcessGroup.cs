using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>The processes that a program started, as far as none of them made itself a session of its own.</summary>
internal static class ProcessGroup
{
    private const int SigKill = 9;

    /// <summary>Kills a process that leads its group, its descendants, and whoever else is in the group.</summary>
    public static void Kill(Process leader)
    {
        leader.Kill(entireProcessTree: true); // It may not have become the leader yet.
        _ = Signal(-leader.Id, SigKill);
    }

    /// <summary>kill(2).</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int id, int signal);
}
