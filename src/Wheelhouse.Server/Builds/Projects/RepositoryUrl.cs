using System.Text.RegularExpressions;
using Wheelhouse.Server.Builds.Statuses;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Finds the pages of a repository by its URL.</summary>
internal static partial class RepositoryUrl
{
    /// <summary>The page of a commit at its git host; null when none can be derived.</summary>
    public static string? LinkTo(this BuildProjectDocument project, string commit) => WebAddress(project.Repository) is not { } page ? null
        : project.Host == GitHostKind.GitLab ? $"{page}/-/commit/{commit}"
        : $"{page}/commit/{commit}";

    /// <summary>The repository's page: its URL over https (http only where the repository is read so), without <c>.git</c>; null for one on this machine.</summary>
    public static string? WebAddress(string repository)
    {
        var (origin, path) = Parts(repository);
        if (origin is null || path is null) return null;
        path = path.Trim('/');
        return $"{origin}/{(path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path)}";
    }

    private static (string? Origin, string? Path) Parts(string repository)
    {
        if (ShortSsh().Match(repository) is { Success: true } match) return ($"https://{match.Groups["host"].Value}", match.Groups["path"].Value);
        if (!Uri.TryCreate(repository, UriKind.Absolute, out var url)) return (null, null);
        return url.Scheme switch
        {
            "https" or "http" => (url.GetLeftPart(UriPartial.Authority), url.AbsolutePath),
            "ssh" => ($"https://{url.Host}", url.AbsolutePath),
            _ => (null, null),
        };
    }

    /// <summary>As git clone takes it: <c>user@host:path</c>.</summary>
    [GeneratedRegex(@"^(?<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?<path>[^:-][^:]*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShortSsh();
}
