using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Wheelhouse.Server.Access;

/// <summary>Reads the token out of an <c>Authorization</c> header.</summary>
internal static class Credentials
{
    /// <summary>No token is longer, in characters.</summary>
    private const int Longest = 1024;

    /// <summary>
    /// Reads <c>Bearer TOKEN</c> (RFC 6750), or <c>Basic</c> (RFC 7617) with any user and the token as the password, which is what
    /// pip and twine send.
    /// </summary>
    /// <param name="header">The header's values.</param>
    /// <param name="token">The token.</param>
    /// <param name="error">What is wrong with the header, in a sentence without its contents.</param>
    public static bool TryRead(StringValues header, [NotNullWhen(true)] out string? token, [NotNullWhen(false)] out string? error)
    {
        token = null;
        error = null;
        if (header.Count > 1)
        {
            error = "There is more than one Authorization header.";
            return false;
        }

        var text = header.ToString().Trim();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? text : text[..space];
        var value = space < 0 ? "" : text[space..].Trim();
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) token = value;
        else if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) token = PasswordOf(value);
        else error = "The Authorization header is neither Bearer nor Basic.";
        if (error is null && token is not { Length: > 0 and <= Longest })
        {
            token = null;
            error = "The Authorization header has no token that can be read.";
        }

        return error is null;
    }

    private static string? PasswordOf(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
