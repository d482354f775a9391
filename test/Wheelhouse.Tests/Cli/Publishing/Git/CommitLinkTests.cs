using Wheelhouse.Cli.Publishing.Git;

namespace Wheelhouse.Tests.Cli.Publishing.Git;

public sealed class CommitLinkTests
{
    [Theory]
    [InlineData("https://github.com/acme/billing.git", "https://github.com/acme/billing/commit/")]
    [InlineData("https://github.com/acme/billing", "https://github.com/acme/billing/commit/")]
    [InlineData("git@github.com:acme/billing.git", "https://github.com/acme/billing/commit/")]
    [InlineData("ssh://git@git.example.org:2222/acme/billing.git", "https://git.example.org/acme/billing/commit/")]
    [InlineData("https://ci:s3cret@git.example.org:8443/acme/billing.git", "https://git.example.org:8443/acme/billing/commit/")]
    [InlineData("http://gitea.example.org/acme/billing", "http://gitea.example.org/acme/billing/commit/")]
    [InlineData("git@gitlab.example.org:acme/backend/billing.git", "https://gitlab.example.org/acme/backend/billing/-/commit/")]
    [InlineData("https://bitbucket.org/acme/billing.git", null)]
    [InlineData("https://dev.azure.com/acme/billing/_git/billing", null)]
    [InlineData("https://git.example.org/billing.git", null)]
    [InlineData("/srv/git/acme/billing.git", null)]
    [InlineData("../billing", null)]
    [InlineData("C:/git/acme/billing", null)]
    [InlineData("file:///srv/git/acme/billing", null)]
    [InlineData("", null)]
    public void The_page_follows_from_the_address_of_the_remote(string remote, string? expected) => Assert.Equal(expected, CommitLink.FindBase(remote));
}
