using Wheelhouse.Server.Builds.Sources;

namespace Wheelhouse.Tests.Builds.Sources;

public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://git.example.org/team/project.git", "https")]
    [InlineData("https://git.example.org:8443/team/project", "https")]
    [InlineData("ssh://git@git.example.org:2222/team/project.git", "ssh")]
    [InlineData("git@git.example.org:team/project.git", "ssh")]
    public void Addresses_are_read(string text, string protocol) => Assert.Equal(protocol, GitUrl.Parse(text).Protocol);

    [Theory]
    [InlineData("")]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("-u")]
    [InlineData("ext::sh -c id")]
    [InlineData("ext::id")]
    [InlineData("ssh://-oProxyCommand=id/x")]
    [InlineData("ssh://-oProxyCommand=id@host/x")]
    [InlineData("-oProxyCommand=id@host:x")]
    [InlineData("git@-oProxyCommand=id:x")]
    [InlineData("git@host:-x")]
    [InlineData("https://user:secret@host/x.git")]
    [InlineData("https://token@host/x.git")]
    [InlineData("https://host/")]
    [InlineData("https://host/a b")]
    [InlineData("https://host/a\nb")]
    [InlineData("http://host/x.git")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    [InlineData("ftp://host/x.git")]
    public void What_git_could_take_for_something_else_is_refused(string text)
    {
        var error = Assert.Throws<SourceException>(() => GitUrl.Parse(text));
        Assert.Equal("bad_git_url", error.Code);
        Assert.DoesNotContain("secret", error.Message);
    }
}
