namespace Wheelhouse.Server.Builds.Sources;

/// <summary>A repository that git speaks to.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Credentials">For https a token, or a user and a token with a colon between; for ssh a private key without a passphrase; null for none.</param>
/// <param name="KnownHosts">The lines of a known_hosts file (sshd(8)); no other ssh host is believed.</param>
internal sealed record GitRemote(GitUrl Url, string? Credentials, string KnownHosts)
{
    public override string ToString() => Url.Text;
}
