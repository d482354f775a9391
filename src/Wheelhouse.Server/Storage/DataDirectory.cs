namespace Wheelhouse.Server.Storage;

/// <summary>The one directory that holds everything of an embedded server.</summary>
/// <param name="Root">Its absolute path.</param>
public sealed record DataDirectory(string Root)
{
    /// <summary>The SQLite database.</summary>
    public string Database => Path.Combine(Root, "wheelhouse.db");

    /// <summary>The files of the index.</summary>
    public string Files => Path.Combine(Root, "files");

    /// <summary>Keys that protect tokens and secrets at rest.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The ssh configuration and the host keys that people trusted.</summary>
    public string Ssh => Path.Combine(Root, "ssh");

    /// <summary>Held by the running server.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>The process id of the server that holds or last held the lock.</summary>
    public string Pid => Path.Combine(Root, "pid");

    /// <summary>Written by the running server: process id and addresses, as JSON.</summary>
    public string ServerFile => Path.Combine(Root, "server.json");

    /// <summary>Makes the directory, readable by its owner only, and takes its lock.</summary>
    /// <exception cref="DataDirectoryException">It cannot be written, or another server holds it.</exception>
    public DataDirectoryLock Open()
    {
        try
        {
            CreatePrivate(Root);
            return DataDirectoryLock.Take(this);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataDirectoryException($"The data directory {Root} cannot be used: {exception.Message} Fix: give it to the user who runs the server, or name another with --data.");
        }
    }

    /// <summary>Makes a directory that only its owner can look into, unless it is there.</summary>
    public static DirectoryInfo CreatePrivate(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Whether a server runs on the directory now.</summary>
    public bool IsHeld()
    {
        if (!File.Exists(Lock)) return false;
        try
        {
            File.OpenHandle(Lock, FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
