using System.Text;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Nodes.OpenSsh;

/// <summary>
/// The ssh configuration of the data directory. <c>ssh/wheelhouse_config</c> is ours and written at every start; it holds what must be so,
/// for nodes and jump hosts alike (ssh hands <c>-F</c> on to the jump's client, but no <c>-o</c>), and then includes
/// <c>ssh/config</c>, which is the operator's, the user's own and the system's. ssh takes the first value it finds.
/// </summary>
public sealed class OpenSshFiles
{
    /// <summary>
    /// The name for <c>ssh -F</c>, to be run in <see cref="WorkingDirectory"/>: ssh hands the value on to a jump's client without quoting
    /// it, so that a path with a space would break.
    /// </summary>
    public const string Config = "wheelhouse_config";

    /// <summary>Makes the directory <c>ssh</c> and the files in it that are missing.</summary>
    public OpenSshFiles(DataDirectory data)
    {
        WorkingDirectory = Path.GetFullPath(data.Ssh);
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("The server runs on Linux and other Unix systems only.");
        DataDirectory.CreatePrivate(WorkingDirectory);
        CreateIfMissing(OperatorConfig, "# Your own ssh settings for nodes, such as IdentityFile; see ssh_config(5). Read before ~/.ssh/config.\n");
        CreateIfMissing(KnownHosts, string.Empty);
        var temporary = Path.Combine(WorkingDirectory, $".wheelhouse_config.{Guid.NewGuid():N}");
        File.WriteAllText(temporary, Text());
        File.Move(temporary, Path.Combine(WorkingDirectory, Config), overwrite: true);
    }

    /// <summary>The absolute path of the directory; ssh runs in it.</summary>
    public string WorkingDirectory { get; }

    /// <summary>The host keys that people trusted through Wheelhouse.</summary>
    public string KnownHosts => Path.Combine(WorkingDirectory, "known_hosts");

    private string OperatorConfig => Path.Combine(WorkingDirectory, "config");

    private static void CreateIfMissing(string path, string text)
    {
        if (!File.Exists(path)) File.WriteAllText(path, text);
    }

    private string Text() => new StringBuilder()
        .AppendLine("# Written by Wheelhouse at every start: do not edit. Put your own settings into the file config beside this one.")
        .AppendLine("BatchMode yes")
        .AppendLine("StrictHostKeyChecking yes")
        .AppendLine("UpdateHostKeys no")
        .AppendLine($"UserKnownHostsFile {Quote(KnownHosts.Replace("%", "%%", StringComparison.Ordinal))} ~/.ssh/known_hosts ~/.ssh/known_hosts2")
        .AppendLine("ServerAliveInterval 10")
        .AppendLine("ServerAliveCountMax 3")
        .AppendLine("LogLevel ERROR")
        .AppendLine("RequestTTY no")
        .AppendLine("RemoteCommand none")
        .AppendLine("EscapeChar none")
        .AppendLine("StdinNull no")
        .AppendLine("ForkAfterAuthentication no")
        .AppendLine("PermitLocalCommand no")
        .AppendLine("ClearAllForwardings yes")
        .AppendLine("ForwardAgent no")
        .AppendLine("ForwardX11 no")
        .AppendLine("# One session is one connection, so that ending it ends everything.")
        .AppendLine("ControlMaster no")
        .AppendLine("ControlPath none")
        .AppendLine($"Include {Quote(OperatorConfig)}")
        .AppendLine("Include ~/.ssh/config")
        .AppendLine("Include /etc/ssh/ssh_config")
        .ToString();

    private static string Quote(string path) => $"\"{path}\"";
}
