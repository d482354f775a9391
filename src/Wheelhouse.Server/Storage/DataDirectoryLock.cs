using System.Globalization;

namespace Wheelhouse.Server.Storage;

/// <summary>
/// Holds a data directory for one server. It is an advisory lock of the kernel (<c>flock</c>) that ends with the process however that ends,
/// so there is never a stale one to remove.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    public void Dispose() => _file.Dispose();

    /// <summary>Takes the lock and writes down this process's id.</summary>
    /// <exception cref="DataDirectoryException">Another server holds it; the message names its process id.</exception>
    internal static DataDirectoryLock Take(DataDirectory data)
    {
        try
        {
            var file = new FileStream(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(data.Pid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(file);
        }
        catch (IOException)
        {
            throw new DataDirectoryException(
                $"Another server (process {(File.Exists(data.Pid) ? File.ReadAllText(data.Pid) : "just starting")}) uses the data directory {data.Root}. Fix: stop that one, or give this one a directory of its own with --data.");
        }
    }
}
