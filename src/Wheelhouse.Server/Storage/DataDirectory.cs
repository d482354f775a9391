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
}
