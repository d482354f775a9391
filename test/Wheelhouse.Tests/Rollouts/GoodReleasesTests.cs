using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>Where a revert goes back to, by record.</summary>
public sealed class GoodReleasesTests
{
    private int _next;

    [Fact]
    public void Nothing_was_deployed() => Assert.Null(GoodReleases.RevertTarget([]));

    [Fact]
    public void The_first_good_release_has_nothing_before_it() => Assert.Null(GoodReleases.RevertTarget([Deploy("1.0")]));

    [Fact]
    public void Goes_back_one_good_release_at_a_time_and_never_forth_again()
    {
        var one = Deploy("1.0");
        var two = Deploy("1.1");
        var three = Deploy("1.2");
        Assert.Equal("1.1", GoodReleases.RevertTarget([one, two, three])?.Version);
        var back = Revert(two);
        Assert.Equal("1.0", GoodReleases.RevertTarget([one, two, three, back])?.Version);
        Assert.Null(GoodReleases.RevertTarget([one, two, three, back, Revert(one)]));
    }

    [Fact]
    public void A_release_deployed_again_after_a_revert_counts_again()
    {
        var one = Deploy("1.0");
        Assert.Equal("1.0", GoodReleases.RevertTarget([one, Deploy("1.1"), Revert(one), Deploy("1.1")])?.Version);
    }

    [Fact]
    public void Deploying_the_same_version_twice_is_one_place_to_go_back_from() =>
        Assert.Equal("1.0", GoodReleases.RevertTarget([Deploy("1.0"), Deploy("1.1"), Deploy("1.1")])?.Version);

    [Theory]
    [InlineData(RolloutStates.Reverted, true, "1.0")]
    [InlineData(RolloutStates.Failed, true, "1.1")]
    [InlineData(RolloutStates.Cancelled, true, "1.1")]
    [InlineData(RolloutStates.Failed, false, "1.0")]
    [InlineData(RolloutStates.Cancelled, false, "1.0")]
    public void After_a_rollout_that_left_nodes_mixed_it_goes_back_to_what_was_good(string state, bool changedNodes, string expected)
    {
        var last = Deploy("1.2", state);
        last.ChangedNodes = changedNodes;
        Assert.Equal(expected, GoodReleases.RevertTarget([Deploy("1.0"), Deploy("1.1"), last])?.Version);
    }

    [Fact]
    public void One_that_changed_nothing_does_not_hide_that_nodes_are_mixed()
    {
        var mixed = Deploy("1.2", RolloutStates.Failed);
        mixed.ChangedNodes = true;
        Assert.Equal("1.1", GoodReleases.RevertTarget([Deploy("1.0"), Deploy("1.1"), mixed, Deploy("1.2", RolloutStates.Failed)])?.Version);
    }

    [Fact]
    public void Plans_and_limited_rollouts_change_nothing()
    {
        var plan = Deploy("1.2", RolloutStates.Planned);
        plan.PlanOnly = true;
        var limited = Deploy("1.3");
        limited.Limit = "app1";
        Assert.Equal(["1.0", "1.1"], GoodReleases.Stack([Deploy("1.0"), Deploy("1.1"), plan, limited]).Select(row => row.Version));
    }

    private RolloutRow Deploy(string version, string state = RolloutStates.Succeeded) => Row(RolloutKinds.Deploy, version, state);

    private RolloutRow Revert(RolloutRow to)
    {
        var row = Row(RolloutKinds.Revert, to.Version, RolloutStates.Succeeded);
        row.Source = to.Id;
        return row;
    }

    private RolloutRow Row(string kind, string version, string state) => new()
    {
        Id = $"{++_next:000}",
        Service = "hello",
        Environment = "production",
        Kind = kind,
        Version = version,
        State = state,
        By = "test",
    };
}
