namespace Wheelhouse.Server.Web.Components;

/// <summary>Finds this server's own builds in what is said about files and rollouts: the address of their page. Pure.</summary>
internal static class OwnBuild
{
    /// <summary>The length of a build's id, a ULID.</summary>
    private const int IdLength = 26;

    /// <summary>What stands before the address of a build, its id, and what stands behind it; null when no build of this server is named.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The server's address for people, without a slash at its end.</param>
    public static (string Before, string Id, string After)? Find(string? text, string address)
    {
        var start = $"{address}/builds/";
        if (text?.IndexOf(start, StringComparison.Ordinal) is not (>= 0 and var at)) return null;
        var rest = text[(at + start.Length)..];
        var length = rest.TakeWhile(char.IsAsciiLetterOrDigit).Count();
        return length == IdLength ? (text[..at], rest[..length], rest[length..]) : null;
    }
}
