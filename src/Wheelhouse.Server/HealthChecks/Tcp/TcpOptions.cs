using System.Globalization;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.HealthChecks.Tcp;

/// <summary>The options of a TCP check.</summary>
public sealed record TcpOptions
{
    /// <summary>Where to connect from the node.</summary>
    [Shorthand]
    public required TcpTarget Tcp { get; init; }
}

/// <summary>Where to connect to: <c>8000</c> (on the node itself) or <c>host:port</c>.</summary>
public sealed record TcpTarget(string Host, int Port) : IParsable<TcpTarget>
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is invalid; the message says what to write.</exception>
    public static TcpTarget Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var target)
        ? target
        : throw new FormatException($"'{s}' is not a place to connect to; write a port such as 8000, host:port or [address]:port.");

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static bool TryParse(string? s, IFormatProvider? provider, out TcpTarget result)
    {
        var text = s ?? "";
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "127.0.0.1" : text[..colon];
        if (host.Length > 2 && host[0] == '[' && host[^1] == ']') host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) host = "";
        var valid = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535 && host.Length > 0 && !host.Any(char.IsWhiteSpace);
        result = valid ? new TcpTarget(host, port) : null!;
        return valid;
    }
}
