namespace Wheelhouse.Server.Web.Builds;

/// <summary>What the document of a new project to build begins with. Each place to fill in stands in angle brackets and is reported until it is.</summary>
public static class BuildProjectTemplate
{
    /// <summary>The text.</summary>
    public const string Text = """
        project: <name>                          # what its files are called on the index
        repository: <url>                        # https://…, ssh://… or git@host:path, without a password
        # credentials: secret:<secret>           # the token (https) or the deploy key (ssh), when not everybody may read it
        # webhook: secret:<secret>               # by which pushes are known; without it, say: poll: 5m
        # statuses: secret:<secret>              # the token with which the git host is told the results
        # branches: [main, "release/*"]          # default: main and master
        # version: tags                          # default: project, as its own metadata say
        # test: pytest -q                        # default: found
        # limits: { time: 20m, memory: 2GiB }

        """;

    /// <summary>What belongs into each place to fill in.</summary>
    public static IReadOnlyDictionary<string, string> Places { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "the project's name on the index",
        ["url"] = "the git repository",
        ["secret"] = "the name of a secret; it is kept at the end of the page of all projects",
    };
}
