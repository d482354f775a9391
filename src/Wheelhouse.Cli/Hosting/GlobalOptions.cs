using System.CommandLine;

namespace Wheelhouse.Cli.Hosting;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The server's URL; else WHEELHOUSE_URL, else the one of `wheelhouse login`",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Write the API's records as JSON; when following, one event a line and the rollout last",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours (also: NO_COLOR)",
        Recursive = true,
    };
}
