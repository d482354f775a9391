using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Settings;

/// <summary>The server to speak to and the token to show it.</summary>
/// <param name="Server">The server's URL.</param>
/// <param name="Token">The token; null when there is none.</param>
internal sealed record Connection(Uri Server, string? Token)
{
    /// <summary>
    /// Finds both: <c>--server</c>, then <c>WHEELHOUSE_URL</c>, then the saved login; <c>WHEELHOUSE_TOKEN</c>, then the saved
    /// token, which goes to no other server than the one it was saved for.
    /// </summary>
    /// <exception cref="CliException">No server is known, or the URL is not one.</exception>
    public static Connection Find(CliHost host, string? server)
    {
        var saved = ConfigFile.Of(host).Read();
        var url = server ?? host.Variable("WHEELHOUSE_URL") ?? saved?.Server ?? throw new CliException(
            ExitCodes.Usage, "No server is known.", "Log in: wheelhouse login URL; or set WHEELHOUSE_URL and WHEELHOUSE_TOKEN");
        var address = ServerUrl.Parse(url);
        var kept = saved?.Server is { } home && ServerUrl.Parse(home) == address ? saved.Token : null;
        return new Connection(address, host.Variable("WHEELHOUSE_TOKEN") ?? kept);
    }
}
