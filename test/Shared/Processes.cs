using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Wheelhouse.Testing;

/// <summary>Looks at the processes of this machine through <c>/proc</c>.</summary>
public static partial class Processes
{
    /// <summary>The processes whose command line, working directory or environment satisfies the predicate.</summary>
    /// <param name="isOurs">Gets the command line and the environment as text, their parts separated by NUL.</param>
    public static IReadOnlyList<RunningProcess> Where(Func<string, string, bool> isOurs)
    {
        List<RunningProcess> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId) continue;
            var commandLine = Read(folder + "/cmdline");
            if (commandLine.Length == 0) continue; // A kernel thread, a zombie, or gone by now.
            if (isOurs(commandLine, Read(folder + "/environ"))) found.Add(new(id, commandLine.Replace('\0', ' ').TrimEnd()));
        }

        return found;
    }

    /// <summary>The direct children of a process.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id) =>
        [.. (Directory.Exists($"/proc/{id}/task") ? Directory.GetDirectories($"/proc/{id}/task") : [])
            .SelectMany(thread => Read(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];

    /// <summary>Whether a process with this id runs (a zombie does not).</summary>
    public static bool IsRunning(int id) => Read($"/proc/{id}/cmdline").Length > 0;

    public static void Kill(int id) => Signal(id, Signals.Kill);

    /// <summary>Sends a signal; nothing happens when the process is gone.</summary>
    public static void Signal(int id, int signal) => _ = SendSignal(id, signal);

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended meanwhile, or belongs to somebody else.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int id, int signal);
}

/// <summary>A process that was found running.</summary>
public sealed record RunningProcess(int Id, string CommandLine);

/// <summary>Numbers of signals on Linux.</summary>
public static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;
}
