using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Delivery.Deployments;
using static Wheelhouse.Tests.Delivery.Rollouts;

namespace Wheelhouse.Tests.Delivery;

public sealed class LeadTimeTests
{
    /// <summary>Releases of a commit each, committed at the hour of their minor number: 1.3 at 3 o'clock.</summary>
    private static KnownReleases Releases { get; } = Known(Release("1.0", null, 0), Release("1.1", "1.0", 1), Release("1.2", "1.1", 2), Release("1.3", "1.2", 3));

    [Fact]
    public void The_first_deployment_brings_its_own_commits_alone() => Assert.Equal([8], Hours(Deploy(10, "1.2")));

    [Fact]
    public void A_deployment_brings_the_commits_of_every_release_since_the_one_that_ran() => Assert.Equal([9.0, 8, 7], Hours(Deploy(5, "1.0"), Deploy(10, "1.3")).Order().Reverse());

    [Fact]
    public void What_ran_before_the_log_begins_is_not_new() => Assert.Equal([8.0, 7], Hours(Deploy(10, "1.3", from: "1.1")).Order().Reverse());

    [Fact]
    public void A_commit_is_counted_once_when_it_first_ran()
    {
        Assert.Empty(Hours(Deploy(5, "1.0"), Deploy(6, "1.1"), Revert(7, "1.0", "1.1"), Deploy(10, "1.1")));
        Assert.Empty(Hours(Deploy(5, "1.3"), Deploy(6, "1.1")));
    }

    [Fact]
    public void A_deployment_that_failed_by_itself_delivers_nothing() =>
        Assert.Equal([9], Hours(Deploy(5, "1.0"), Failed(6, "1.1", RolloutStates.Reverted), Deploy(10, "1.1")));

    [Fact]
    public void Releases_that_say_the_same_commit_bring_it_once()
    {
        var releases = Known(Release("1.0", null, 0), Release("1.1", "1.0", 1), new KnownRelease("1.2", "1.0", [.. Release("1.1", null, 1).Commits, .. Release("1.2", null, 2).Commits]));
        Assert.Equal([8], Hours(releases, Deploy(4, "1.0"), Deploy(5, "1.1"), Deploy(10, "1.2")));
    }

    [Fact]
    public void A_circle_of_releases_is_walked_once()
    {
        var releases = Known(Release("1.0", "1.1", 0), Release("1.1", "1.0", 1));
        Assert.Equal([5.0, 4], Hours(releases, Deploy(5, "1.0", from: "0.9")));
    }

    [Fact]
    public void A_commit_of_a_clock_that_is_ahead_took_no_time() => Assert.Equal([0], Hours(Deploy(1, "1.0"), Deploy(1.5, "1.2")).Take(1));

    [Fact]
    public void Without_commits_it_is_counted_from_the_publication()
    {
        var releases = new KnownReleases(new Dictionary<string, KnownRelease>(), new Dictionary<string, DateTimeOffset> { ["2.0"] = At(1), ["2.1"] = At(4) });
        var deployments = PlaceHistory.Read([Deploy(3, "2.0"), Deploy(10, "2.1"), Deploy(11, "2.0"), Deploy(12, "2.2")], releases);
        Assert.Equal([[TimeSpan.FromHours(2)], [TimeSpan.FromHours(6)], [], []], deployments.Select(deployment => deployment.LeadTimes));
        Assert.Equal([LeadTimeBases.Publication, LeadTimeBases.Publication, null, null], deployments.Select(deployment => deployment.LeadTimeBasis));
    }

    private static IEnumerable<double> Hours(params EndedRollout[] rollouts) => Hours(Releases, rollouts);

    /// <summary>The lead times of the last deployment.</summary>
    private static IEnumerable<double> Hours(KnownReleases releases, params EndedRollout[] rollouts) =>
        PlaceHistory.Read(rollouts, releases)[^1].LeadTimes.Select(time => time.TotalHours);

    private static KnownReleases Known(params KnownRelease[] releases) => new(releases.ToDictionary(release => release.Version), new Dictionary<string, DateTimeOffset>());

    private static KnownRelease Release(string version, string? previous, double hour) => new(version, previous, [new KnownCommit($"of {version}", At(hour))]);
}
