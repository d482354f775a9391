using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Delivery.Undeployed;
using static Wheelhouse.Tests.Delivery.Rollouts;

namespace Wheelhouse.Tests.Delivery;

public sealed class UndeployedReleasesTests
{
    private static readonly ReleaseView[] Releases = [Release("2.0rc1", 9), Release("1.10", 8), Release("1.9", 5), Release("1.8", 3, yanked: ""), Release("1.7", 1)];
    private static readonly ReleaseCommitsView[] Said = [Commits("1.10", "1.9", 7), Commits("1.9", "1.8", 4), Commits("1.8", "1.7", 2), Commits("1.7", null, 0)];

    [Fact]
    public void It_is_what_came_after_the_running_release_by_version_without_what_is_yanked_or_not_final()
    {
        var found = UndeployedReleases.Find("1.7", Releases, Said);
        Assert.Equal([("1.10", "of 1.10"), ("1.9", "of 1.9, of 1.8")], found.Select(release => (release.Version, string.Join(", ", release.Commits!.Select(commit => commit.Subject)))));
        Assert.Equal(At(2), UndeployedReleases.FindOldest(found));
    }

    [Fact]
    public void Where_the_newest_runs_nothing_waits()
    {
        Assert.Empty(UndeployedReleases.Find("1.10", Releases, Said));
        Assert.Null(UndeployedReleases.FindOldest([]));
    }

    [Fact]
    public void After_a_pre_release_others_count() => Assert.Equal(["2.0rc1", "1.10"], UndeployedReleases.Find("1.10rc1", Releases, Said).Select(release => release.Version));

    [Fact]
    public void Without_commits_the_publication_tells_the_age()
    {
        var found = UndeployedReleases.Find("1.7", Releases, []);
        Assert.All(found, release => Assert.Null(release.Commits));
        Assert.Equal(At(5), UndeployedReleases.FindOldest(found));
    }

    private static ReleaseView Release(string version, double hour, string? yanked = null) =>
        new(version, At(hour), [new FileView($"acme-{version}.whl", "/files/x", "x", 1, null, At(hour), "ci") { Yanked = yanked }]);

    private static ReleaseCommitsView Commits(string version, string? previous, double hour) =>
        new(version, "head", previous, [new CommitView(version, At(hour), "Ada", $"of {version}")], At(hour), "ci");
}
