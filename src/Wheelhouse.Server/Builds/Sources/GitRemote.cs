using System.Text;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>A repository that git speaks to.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Credentials">For https a token, or a user and a token with a colon between; for ssh a private key without a passphrase; null for none.</param>
/// <param name="KnownHosts">The lines of a known_hosts file (sshd(8)); no other ssh host is believed.</param>
internal sealed record GitRemote(GitUrl Url, string? Credentials, string KnownHosts)
{
    /// <summary>
    /// What is sent as <c>Authorization: Basic</c>; null when nothing is. GitHub, GitLab, Gitea and Forgejo all take a token as password; GitLab wants this
    /// user with it, the others any.
    /// </summary>
    public string? Basic => Pair is { } pair ? Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)) : null;

    /// <summary>What no message may repeat, though a host or a proxy does: some echo what they were sent.</summary>
    public IReadOnlyList<string> Secrets => Pair is { } pair ? [Basic!, pair, pair[(pair.IndexOf(':') + 1)..].Trim()] : [];

    private string? Pair => Credentials is { } token && Url.Protocol is "https" or "http" ? token.Contains(':') ? token : $"oauth2:{token}" : null;

    public override string ToString() => Url.Text;
}
