using System.Text.RegularExpressions;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.OpenSsh;

/// <summary>
/// Turns what the ssh client said and its exit code into an error with a fix. ssh exits with 255 for every failure of its own, and with
/// the program's code otherwise, so that the text decides. Pure.
/// </summary>
internal static partial class OpenSshFailure
{
    private const string Trust = "Compare the fingerprint with the node's administrator, then run `wheelhouse nodes trust` for this environment";

    private sealed record Rule(string Pattern, string Code, string What, string Fix);

    /// <summary>The first pattern that occurs in the text wins.</summary>
    private static readonly Rule[] Rules =
    [
        new("REMOTE HOST IDENTIFICATION HAS CHANGED", NodeConnectException.HostKeyChanged, "shows another host key than the trusted one",
            $"Find out why: a reinstalled node is harmless, somebody in between is not. {Trust}."),
        new("Host key for .* has changed", NodeConnectException.HostKeyChanged, "shows another host key than the trusted one",
            $"Find out why: a reinstalled node is harmless, somebody in between is not. {Trust}."),
        new("No .* host key is known for|Host key verification failed", NodeConnectException.HostKeyUnknown, "shows a host key that nobody has trusted",
            $"{Trust}; for a jump host, add its key to known_hosts in the server's ssh directory."),
        new(@"Permission denied \(|Too many authentication failures|No supported authentication methods", NodeConnectException.AuthFailed,
            "refused the login", "Add the server's public key to the account's authorized_keys, or correct user and IdentityFile in the server's ssh/config."),
        new("Could not resolve hostname", NodeConnectException.NameUnknown, "has an address that does not resolve",
            "Correct the address in the inventory, or add a Host section with a HostName to the server's ssh/config."),
        new("[Bb]ad configuration option|Bad owner or permissions|terminating, .* bad configuration|keyword .* extra arguments", "ssh_config_invalid",
            "was not tried, because the ssh configuration has an error", "Correct the file and line that ssh names."),
        new("Connection refused", NodeConnectException.Unreachable, "refused the connection", "Check that sshd runs there and that address and port are right."),
        new("No route to host|Network is unreachable|Host is down", NodeConnectException.Unreachable, "cannot be reached from the server",
            "Check the address, the route and the firewall between server and node."),
        new("timed out|[Tt]imeout, server", NodeConnectException.TimedOut, "did not answer in time",
            "Check that the node is up and that no firewall drops the packets."),
    ];

    /// <summary>Says why a client ended.</summary>
    public static NodeConnectException Classify(InventoryNode node, int exitCode, string errors)
    {
        if (errors.StartsWith("setsid:", StringComparison.Ordinal)) return NoClient(LastLines(errors));
        foreach (var rule in Rules)
        {
            if (exitCode == 255 && Regex.IsMatch(errors, rule.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
                return new NodeConnectException(rule.Code, $"{Who(node)} {rule.What}: {LastLines(errors)}", rule.Fix);
        }

        return exitCode switch
        {
            126 or 127 => new NodeConnectException(NodeConnectException.PythonMissing, $"{Who(node)} has no python3: {LastLines(errors)}",
                "Install Python 3.8 or newer there and make sure that a non-interactive login finds python3 in its PATH."),
            _ => new NodeConnectException(NodeConnectException.ConnectionLost,
                $"The session with {Who(node)} ended (exit code {exitCode}){(errors.Length > 0 ? ": " + LastLines(errors) : ".")}",
                "If it happens again, log in there as the same user and look for what ends the session."),
        };
    }

    /// <summary>The server itself has no ssh client.</summary>
    public static NodeConnectException NoClient(string reason) => new(
        "ssh_missing", $"The ssh client of the server could not be started: {reason}", "Install OpenSSH's client and util-linux (setsid) on the server.");

    private static string Who(InventoryNode node) => $"The node {node.Name} ({node.Address})";

    /// <summary>The last lines with a meaning; ssh frames its warning about a changed key in lines of <c>@</c>.</summary>
    private static string LastLines(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('@'));
        return Unprintable().Replace(string.Join(" / ", lines.TakeLast(3)), " ");
    }

    [GeneratedRegex(@"\p{Cc}+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unprintable();
}
