using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Web.Builds;

namespace Wheelhouse.Tests.Web.Builds;

public sealed class BuildTextTests
{
    private const string Commit = "3f2a1c93f2a1c93f2a1c93f2a1c93f2a1c93f2a1";

    private static readonly BuildView Build = new()
    {
        Id = "b1",
        Project = "acme",
        By = "ada",
        Trigger = BuildTriggers.Push,
        State = BuildStates.Running,
    };

    [Theory]
    [InlineData("refs/heads/release/1", Commit, "release/1")]
    [InlineData("refs/tags/v1.0", null, "v1.0")]
    [InlineData("main", null, "main")]
    [InlineData(Commit, Commit, null)]
    [InlineData(null, null, null)]
    public void A_branch_or_tag_is_named_shortly_and_a_commit_once(string? reference, string? commit, string? expected) =>
        Assert.Equal(expected, BuildText.Ref(Build with { Ref = reference, Commit = commit }));

    [Theory]
    [InlineData("refs/tags/v1.0", Commit, "refs/tags/v1.0")]
    [InlineData("refs/heads/main", Commit, Commit)]
    [InlineData("no-such-branch", null, "no-such-branch")]
    [InlineData(null, null, null)]
    public void Again_means_the_same_commit_and_the_same_version(string? reference, string? commit, string? expected) =>
        Assert.Equal(expected, BuildText.Again(Build with { Ref = reference, Commit = commit }));

    [Fact]
    public void The_title_has_the_version_once_it_is_known()
    {
        Assert.Equal("Build of acme", BuildText.Title(Build));
        Assert.Equal("acme 1.0", BuildText.Title(Build with { Version = "1.0" }));
    }

    [Fact]
    public void It_is_said_what_began_it()
    {
        Assert.Equal("pushed by ada", BuildText.Began(Build));
        Assert.Equal("asked for by ada", BuildText.Began(Build with { Trigger = BuildTriggers.Request }));
        Assert.Equal("found by asking the git host", BuildText.Began(Build with { Trigger = BuildTriggers.Poll, By = "polling" }));
    }
}
