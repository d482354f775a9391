namespace Wheelhouse.Cli.Settings;

/// <summary>Reads the URL of a server.</summary>
internal static class ServerUrl
{
    /// <summary>The URL with a slash at its end; <c>https://</c> is assumed when no scheme is given.</summary>
    /// <exception cref="CliException">It is not the URL of a server.</exception>
    public static Uri Parse(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (!Uri.TryCreate(whole.TrimEnd('/') + "/", UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new CliException(ExitCodes.Usage, $"'{text}' is not the URL of a server.", "Write it like https://deploy.example:8443");
        }
        if (url.UserInfo.Length > 0)
        {
            throw new CliException(ExitCodes.Usage, "The URL contains a user or password.", "Leave it out: the token is read from standard input");
        }
        return url;
    }

    /// <summary>Whether a token sent there could be read on the way.</summary>
    public static bool IsExposed(Uri url) => url.Scheme == "http" && !url.IsLoopback;
}
