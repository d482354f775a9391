namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>Knows the page of a commit at the git host. Pure.</summary>
internal static class CommitLink
{
    /// <summary>What comes before a commit's hash in the address of its page, without any user or password; null when the host is of no known kind.</summary>
    /// <param name="remote">The address of the remote, as git has it: <c>https://…</c>, <c>ssh://…</c> or <c>git@host:owner/name.git</c>.</param>
    public static string? FindBase(string remote)
    {
        if (Split(remote.Trim()) is not var (scheme, host, path)) return null;
        var name = path.Trim('/');
        if (name.EndsWith(".git", StringComparison.Ordinal)) name = name[..^".git".Length];
        // Bitbucket and Azure DevOps have other pages than GitHub, GitLab, Gitea and Forgejo.
        var parts = name.Split('/');
        if (parts.Length < 2 || parts.Any(part => part.Length == 0 || part == "_git" || part == "scm") || host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase)) return null;
        var page = host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) ? "/-/commit/" : "/commit/";
        return $"{scheme}://{host}/{string.Join('/', parts.Select(part => Uri.EscapeDataString(Uri.UnescapeDataString(part))))}{page}";
    }

    private static (string Scheme, string Host, string Path)? Split(string remote)
    {
        if (Uri.TryCreate(remote, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            return uri.Scheme switch
            {
                "http" or "https" => (uri.Scheme, uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..], uri.AbsolutePath),
                "ssh" or "git+ssh" or "git" => ("https", uri.Host, uri.AbsolutePath), // the port is that of ssh
                _ => null,
            };
        }

        // As scp writes it: user@host:path
        if (remote.Contains("://", StringComparison.Ordinal) || remote.IndexOf(':') is not (> 1 and var colon) || remote.AsSpan(0, colon).Contains('/')) return null;
        var host = remote[(remote.AsSpan(0, colon).LastIndexOf('@') + 1)..colon];
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? ("https", host, remote[(colon + 1)..]) : null;
    }
}
