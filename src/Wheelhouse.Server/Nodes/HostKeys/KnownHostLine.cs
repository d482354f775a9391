using System.Security.Cryptography;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>A line of a known_hosts file (sshd(8)): whose key, its algorithm and the key in base64.</summary>
/// <param name="Host">The name as ssh looks it up, such as <c>[app1]:2222</c>.</param>
/// <param name="Algorithm">Such as <c>ssh-ed25519</c>.</param>
/// <param name="Key">The key in base64.</param>
public sealed record KnownHostLine(string Host, string Algorithm, string Key)
{
    /// <summary>The line.</summary>
    public string Text => $"{Host} {Algorithm} {Key}";

    /// <summary>The fingerprint as OpenSSH prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Key))).TrimEnd('=');

    /// <summary>Reads a line that ssh wrote.</summary>
    public static KnownHostLine Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var host, var algorithm, var key, ..]
            ? new KnownHostLine(host, algorithm, key)
            : throw new FormatException($"Not a line of known_hosts: {line}");
}
