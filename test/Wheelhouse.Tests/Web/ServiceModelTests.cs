using Wheelhouse.Contracts.Index;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Services;

namespace Wheelhouse.Tests.Web;

public sealed class ServiceModelTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1.0", new[] { "1.1", "1.0" }, "", "1.1")]
    [InlineData("1.0", new[] { "1.2rc1", "1.1", "1.0" }, "", "1.1")] // a pre-release is for those who pick it
    [InlineData("1.0", new[] { "1.2", "1.1", "1.0" }, "1.2", "1.1")] // what failed here is not offered again by itself
    [InlineData("1.1", new[] { "1.1", "1.0" }, "", "1.0")]
    [InlineData("1.0", new[] { "1.0" }, "", null)]
    [InlineData(null, new string[0], "", null)]
    public void The_release_that_is_offered(string? runs, string[] releases, string failed, string? offered)
    {
        var history = failed.Length == 0 ? [] : new[] { Rollout(failed, RolloutStates.Reverted, RolloutKinds.Deploy, 1) };

        Assert.Equal(offered, Model(runs, releases, history).NextVersion);
    }

    [Fact]
    public void A_version_that_stood_later_has_not_failed()
    {
        var model = Model("1.0", ["1.1"], [Rollout("1.1", RolloutStates.Succeeded, RolloutKinds.Deploy, 1), Rollout("1.1", RolloutStates.Failed, RolloutKinds.Deploy, 1)]);

        Assert.False(model.HasFailed("1.1"));
    }

    [Fact]
    public void A_version_that_a_hold_kept_from_beginning_has_not_failed()
    {
        var model = Model("1.0", ["1.1"], [Rollout("1.1", RolloutStates.Failed, RolloutKinds.Deploy, 1) with { StartedAt = null }]);

        Assert.False(model.HasFailed("1.1"));
    }

    [Fact]
    public void How_long_a_revert_takes_is_told_by_the_last_one_that_ended_well()
    {
        var model = Model("1.0", ["1.1"],
        [
            Rollout("1.0", RolloutStates.Failed, RolloutKinds.Revert, 90),
            Rollout("1.0", RolloutStates.Succeeded, RolloutKinds.Deploy, 60),
            Rollout("1.0", RolloutStates.Succeeded, RolloutKinds.Revert, 9),
        ]);

        Assert.Equal(TimeSpan.FromSeconds(9), model.RevertTakes);
    }

    private static ServiceModel Model(string? runs, string[] releases, RolloutView[] history) => new(
        "hello", "acme-hello", "acme-hello", ["production"],
        new EnvironmentView("production", runs, Noon, "anna", ActiveRollout: null, RevertTo: null, RevertReady: 0, []),
        [.. releases.Select(version => new ReleaseView(version, Noon, []))], history, Active: null, MayDeploy: true);

    private static RolloutView Rollout(string version, string state, string kind, int seconds) => new()
    {
        Id = "01M8",
        Service = "hello",
        Environment = "production",
        Kind = kind,
        State = state,
        Version = version,
        By = "anna",
        CreatedAt = Noon,
        StartedAt = Noon,
        EndedAt = Noon.AddSeconds(seconds),
    };
}
