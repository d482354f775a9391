using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>
/// The deploy key and the known hosts of one run of git, in a folder that only the server's user can read and that is gone afterwards; what a killed server
/// left is removed when the next one begins.
/// </summary>
internal sealed class SshFiles : IDisposable
{
    private readonly string? _folder;

    /// <summary>Writes them.</summary>
    /// <param name="remote">The remote; nothing is written when it is not reached by ssh.</param>
    /// <param name="parent">Where the folder is made.</param>
    public SshFiles(GitRemote? remote, string parent)
    {
        if (remote?.Url.Protocol is not "ssh")
        {
            Command = "false";
            return;
        }

        DataDirectory.CreatePrivate(parent);
        _folder = DataDirectory.CreatePrivate(Path.Combine(parent, Guid.NewGuid().ToString("N"))).FullName;
        List<string> words = ["ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "GlobalKnownHostsFile=/dev/null",
            "-o", $"UserKnownHostsFile={Write("known_hosts", remote.KnownHosts)}", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"];
        if (remote.Credentials is { } key)
            words.AddRange(["-o", "IdentityAgent=none", "-o", "IdentitiesOnly=yes", "-i", Write("key", key.ReplaceLineEndings("\n").TrimEnd() + "\n")]);
        Command = string.Join(' ', words.Select(Quote));
    }

    /// <summary>What git starts as ssh; one that fails where ssh has no business.</summary>
    public string Command { get; }

    public void Dispose()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder!, name);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
        return path;
    }
}
