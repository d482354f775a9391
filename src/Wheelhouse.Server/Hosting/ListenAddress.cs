using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Wheelhouse.Server.Hosting;

/// <summary>An address that the server listens on.</summary>
/// <param name="Address">The IP address; null for every one.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="IsTls">Whether it is https.</param>
public sealed record ListenAddress(IPAddress? Address, int Port, bool IsTls)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>http(s)://HOST:PORT</c> where HOST is an IP address, <c>localhost</c>, <c>*</c> or <c>+</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        var parsed = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(parsed, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/") return false;
        var host = uri.Host == "localhost" ? "127.0.0.1" : uri.Host.Trim('[', ']');
        if (!IPAddress.TryParse(host, out var ip)) return false;
        address = new ListenAddress(parsed == text || ip.ToString() != "0.0.0.0" ? ip : null, uri.Port, uri.Scheme == "https");
        return true;
    }
}
