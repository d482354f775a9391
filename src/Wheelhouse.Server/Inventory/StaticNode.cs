using System.Globalization;

namespace Wheelhouse.Server.Inventory;

/// <summary>A node as people write it: <c>host</c>, <c>user@host:port</c>, <c>[2001:db8::1]:22</c>, or a map with these properties.</summary>
public sealed record StaticNode : IParsable<StaticNode>
{
    /// <summary>Its name in Wheelhouse; by default the address.</summary>
    public string? Name { get; init; }

    /// <summary>The host name or address, or an alias of ssh's configuration.</summary>
    public required string Address { get; init; }

    /// <summary>The account to log in as; by default what ssh's configuration says.</summary>
    public string? User { get; init; }

    /// <summary>The port; by default what ssh's configuration says.</summary>
    public int? Port { get; init; }

    /// <summary>The jump hosts as <c>ssh -J</c> takes them; by default what ssh's configuration says.</summary>
    public string? Jump { get; init; }

    /// <summary>Labels; by default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The node as the rest of the server knows it. An IPv6 address may be written in brackets.</summary>
    public InventoryNode ToNode()
    {
        var address = Address.Length > 2 && Address[0] == '[' && Address[^1] == ']' ? Address[1..^1] : Address;
        return new InventoryNode(Name ?? address, address, User, Port, Jump, Labels);
    }

    /// <summary>Reads the short form.</summary>
    /// <exception cref="FormatException">It is invalid; the message says why and what to write.</exception>
    public static StaticNode Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        var at = s.LastIndexOf('@');
        var (user, rest) = at < 0 ? (null, s) : (s[..at], s[(at + 1)..]);
        if (user is "") throw new FormatException($"'{s}' has no user before '@'; write user@host or host.");
        var (host, port) = SplitPort(s, rest);
        if (host.Length == 0) throw new FormatException($"'{s}' has no host; write host, user@host:port or [address]:port.");
        return new StaticNode { Address = host, User = user, Port = port };
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static bool TryParse(string? s, IFormatProvider? provider, out StaticNode result)
    {
        try
        {
            result = Parse(s ?? "", provider);
            return true;
        }
        catch (FormatException)
        {
            result = null!;
            return false;
        }
    }

    private static (string Host, int? Port) SplitPort(string all, string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0) throw new FormatException($"'{all}' has no ']' after the IPv6 address; write [address]:port.");
            return text.Length == end + 1 ? (text[1..end], null)
                : text[end + 1] == ':' ? (text[1..end], ReadPort(all, text[(end + 2)..]))
                : throw new FormatException($"'{all}' has something other than ':port' after ']'; write [address]:port.");
        }

        var parts = text.Split(':');
        return parts.Length switch
        {
            1 => (text, null),
            2 => (parts[0], ReadPort(all, parts[1])),
            _ => throw new FormatException($"'{all}' looks like an IPv6 address; write it in brackets: [{text}]."),
        };
    }

    private static int ReadPort(string all, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new FormatException($"'{all}' has the port '{text}'; a port is a number from 1 to 65535.");
}
