namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>The kinds of git host whose API takes statuses of commits.</summary>
internal static class GitHostKind
{
    public const string GitHub = "github";
    public const string GitLab = "gitlab";
    public const string Gitea = "gitea";

    /// <summary>Every kind, as documents name them.</summary>
    public static IReadOnlyList<string> All { get; } = [GitHub, GitLab, Gitea];

    /// <summary>The kind that the name of a host tells; null when it tells none.</summary>
    public static string? Guess(string host) =>
        host.Contains(GitHub, StringComparison.OrdinalIgnoreCase) ? GitHub
        : host.Contains(GitLab, StringComparison.OrdinalIgnoreCase) ? GitLab
        : host.Contains(Gitea, StringComparison.OrdinalIgnoreCase) || host.Contains("forgejo", StringComparison.OrdinalIgnoreCase) || host == "codeberg.org" ? Gitea
        : null;
}
