using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>Files that are nowhere but in memory (memfd_create(2)): they count for no disk, and for no process as long as none maps them.</summary>
internal static class MemoryFiles
{
    private const string Mark = "/memfd:";
    private const uint BasicStats = 0x7ff;
    private const int AtCurrentFolder = -100;

    /// <summary>How much memory those have that the processes hold open, in bytes. What is mapped too counts here once more.</summary>
    public static long Of(IEnumerable<int> processes) => processes.SelectMany(OpenFilesOf).DistinctBy(file => file.Inode).Sum(file => file.Bytes);

    private static IEnumerable<(ulong Inode, long Bytes)> OpenFilesOf(int process)
    {
        string[] handles;
        try
        {
            handles = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var handle in handles)
        {
            if (IsInMemory(handle) && Stat(handle) is { } file) yield return file;
        }
    }

    private static bool IsInMemory(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget?.StartsWith(Mark, StringComparison.Ordinal) == true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The number of a file and what it takes, with the holes left out; null when it is closed meanwhile. Layout: statx(2).</summary>
    private static (ulong Inode, long Bytes)? Stat(string handle)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (Statx(AtCurrentFolder, handle, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)) != 0) return null;
        return (BinaryPrimitives.ReadUInt64LittleEndian(buffer[32..]), (long)BinaryPrimitives.ReadUInt64LittleEndian(buffer[48..]) * 512);
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte buffer);
}
