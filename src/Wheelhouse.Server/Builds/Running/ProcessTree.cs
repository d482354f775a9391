using System.Globalization;
using System.Runtime.InteropServices;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>A process and all that it started, as /proc tells (proc(5)). All processes of a sandbox are below the one that made it.</summary>
/// <param name="Processes">Their ids, the first one's first, the sandbox's own first process (1 in there) after it.</param>
/// <param name="Threads">How many threads they have together.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessTree(IReadOnlyList<int> Processes, int Threads)
{
    /// <summary>Looks who is there now; those that end meanwhile are left out.</summary>
    public static ProcessTree Of(int first)
    {
        var (found, next, threads) = (new List<int>(), new Queue<int>([first]), 0);
        while (next.TryDequeue(out var id))
        {
            found.Add(id);
            foreach (var thread in ThreadsOf(id))
            {
                threads++;
                foreach (var child in Read($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)) next.Enqueue(int.Parse(child, CultureInfo.InvariantCulture));
            }
        }

        return new ProcessTree(found, threads);
    }

    /// <summary>How much memory they use, in bytes. What several share counts once; what can be read again from a disk does not count.</summary>
    /// <param name="enough">An amount that is of no interest: as long as a quick look, which counts shared memory several times, finds less, that is the answer.</param>
    public long Memory(long enough)
    {
        var quick = Processes.Sum(id => Sum($"/proc/{id}/status", "RssAnon:", "RssShmem:"));
        return quick <= enough ? quick : Processes.Sum(id => Sum($"/proc/{id}/smaps_rollup", "Pss_Anon:", "Pss_Shmem:"));
    }

    /// <summary>Whether a process still does or holds anything. One that ended and whose parent has not asked for its exit code does not.</summary>
    public static bool IsAlive(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        var state = stat.LastIndexOf(')') + 2;
        return state < stat.Length && stat[state] is not ('Z' or 'X');
    }

    private static string[] ThreadsOf(int id)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{id}/task");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Sum(string path, params string[] names) =>
        Read(path).Split('\n').Where(line => names.Any(name => line.StartsWith(name, StringComparison.Ordinal)))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
