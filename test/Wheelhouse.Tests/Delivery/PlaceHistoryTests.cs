using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Delivery.Deployments;
using static Wheelhouse.Tests.Delivery.Rollouts;

namespace Wheelhouse.Tests.Delivery;

/// <summary>What counts as a deployment, when one failed, and when the service was restored: docs/operate/delivery.md.</summary>
public sealed class PlaceHistoryTests
{
    [Fact]
    public void A_deploy_that_succeeded_is_a_deployment_that_did_not_fail()
    {
        var deployment = Assert.Single(Read(Deploy(1, "1.0")));
        Assert.Equal(("1.0", At(1), null, null), (deployment.Version, deployment.EndedAt, deployment.FailedAt, deployment.RestoredAt));
    }

    [Fact]
    public void Reverts_and_converges_are_no_deployments() =>
        Assert.Equal(["1.0", "1.1"], Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Revert(3, "1.0", "1.1"), Converge(4, "1.0")).Select(deployment => deployment.Version));

    [Theory]
    [InlineData(RolloutStates.Failed)]
    [InlineData(RolloutStates.Cancelled)]
    public void A_deploy_that_failed_before_users_could_notice_is_neither_deployment_nor_failure(string state) =>
        Assert.Empty(Read(Failed(1, "1.0", state, changed: false)));

    [Fact]
    public void One_that_took_itself_back_failed_from_its_first_node_to_its_end()
    {
        var deployment = Assert.Single(Read(Failed(1, "1.0", RolloutStates.Reverted)));
        Assert.Equal((At(0.5), At(1)), (deployment.FailedAt, deployment.RestoredAt));
    }

    [Theory]
    [InlineData(RolloutStates.Failed)]
    [InlineData(RolloutStates.Cancelled)]
    public void One_that_failed_or_was_stopped_half_way_is_restored_by_the_next_rollout_that_succeeds(string state)
    {
        foreach (var next in (EndedRollout[])[Deploy(5, "1.2"), Revert(5, "1.0", "1.0"), Converge(5, "1.0")])
        {
            var deployment = Read(Deploy(1, "1.0"), Failed(2, "1.1", state), Failed(3, "1.2", changed: false), next)[1];
            Assert.Equal((At(1.5), At(5)), (deployment.FailedAt, deployment.RestoredAt));
        }
    }

    [Fact]
    public void What_nothing_has_restored_yet_is_open()
    {
        var deployment = Read(Deploy(1, "1.0"), Failed(2, "1.1"), Revert(3, "1.0", "1.0", RolloutStates.Failed))[1];
        Assert.Equal((At(1.5), null), (deployment.FailedAt, deployment.RestoredAt));
    }

    [Fact]
    public void One_that_is_taken_back_later_failed_from_its_end_until_the_revert_ended()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Revert(6, "1.0", "1.1"));
        Assert.Equal([null, At(2)], deployments.Select(deployment => deployment.FailedAt));
        Assert.Equal(At(6), deployments[1].RestoredAt);
    }

    [Fact]
    public void Reverts_one_after_another_each_take_back_what_runs()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Deploy(3, "1.2"), Revert(4, "1.1", "1.2"), Revert(5, "1.0", "1.1"));
        Assert.Equal([null, At(2), At(3)], deployments.Select(deployment => deployment.FailedAt));
        Assert.Equal([null, At(5), At(4)], deployments.Select(deployment => deployment.RestoredAt));
    }

    [Fact]
    public void A_revert_that_fails_still_tells_that_the_deployment_did_and_the_next_one_restores()
    {
        var deployment = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Revert(3, "1.0", "1.1", RolloutStates.Failed), Revert(4, "1.0", "1.1"))[1];
        Assert.Equal((At(2), At(4)), (deployment.FailedAt, deployment.RestoredAt));
    }

    [Fact]
    public void Of_a_version_that_was_deployed_again_only_the_one_that_runs_is_taken_back()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Deploy(3, "1.0"), Revert(4, "1.1", "1.0"));
        Assert.Equal([null, null, At(3)], deployments.Select(deployment => deployment.FailedAt));
    }

    [Theory]
    [InlineData(RolloutStates.Succeeded)]
    [InlineData(RolloutStates.Failed)]
    public void A_revert_that_mends_a_half_done_deploy_does_not_blame_what_ran_before_it(string state)
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Failed(3, "1.2"), Revert(4, "1.1", "1.1", state));
        Assert.Equal([null, null, At(2.5)], deployments.Select(deployment => deployment.FailedAt));
    }

    [Fact]
    public void A_revert_that_waited_takes_back_what_was_deployed_meanwhile()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Deploy(3, "1.2"), Revert(4, "1.0", from: "1.1"));
        Assert.Equal([null, null, At(3)], deployments.Select(deployment => deployment.FailedAt));
    }

    [Fact]
    public void To_take_a_revert_back_blames_nobody_and_what_runs_again_can_be_taken_back()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.1"), Revert(3, "1.0", "1.1"), Revert(4, "1.1", "1.0"), Revert(5, "1.0", "1.1"));
        Assert.Equal([null, At(2)], deployments.Select(deployment => deployment.FailedAt));
        Assert.Equal(At(3), deployments[1].RestoredAt);
    }

    [Fact]
    public void A_revert_to_other_dependencies_of_the_same_version_takes_back_the_later_deploy()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(2, "1.0"), Revert(3, "1.0", "1.0"));
        Assert.Equal([null, At(2)], deployments.Select(deployment => deployment.FailedAt));
    }
}
