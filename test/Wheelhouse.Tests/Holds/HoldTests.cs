using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Holds;

/// <summary>What is held refuses rollouts, and says why, who, until when and what to do.</summary>
public sealed class HoldTests
{
    private const string Always = "[{ reason: no deploys in this century, from: 2000-01-01T00:00, until: 2100-01-01T00:00 }]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("billing", "production")]
    [InlineData("billing", null)]
    [InlineData(null, "production")]
    public async Task A_hold_refuses_every_kind_of_rollout_there_and_nothing_elsewhere(string? service, string? environment)
    {
        await using var server = await HoldServer.StartAsync();
        var until = DateTimeOffset.UnixEpoch.AddYears(100);
        await server.Admin.PlaceHoldAsync(new HoldRequest { Service = service, Environment = environment, Reason = "stocktaking.", Until = until }, Token);

        foreach (var queue in (bool[])[false, true])
        {
            var refused = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.AskAsync(new RolloutRequest { Queue = queue }));
            Assert.Equal((409, ProblemCodes.Held), (refused.Problem.Status, refused.Problem.Code));
            Assert.Contains("is held by admin until 2070-01-01 00:00 UTC: stocktaking. Nothing was begun.", refused.Problem.Detail, StringComparison.Ordinal);
            Assert.Contains("--override-hold \"REASON\"", refused.Problem.Fix, StringComparison.Ordinal);
        }

        // What it does not cover goes on.
        if (service is not null) await server.AskAsync(service: "shop");
        if (environment is not null) await server.AskAsync(environment: "staging");
        Assert.Empty(await server.Admin.ListRolloutsAsync("billing", "production", 10, before: null, Token));

        await server.Admin.LiftHoldAsync(service, environment, Token);
        Assert.Equal(RolloutKinds.Deploy, (await server.AskAsync()).Kind);
    }

    [Fact]
    public async Task A_freeze_window_refuses_and_a_plan_is_made_all_the_same_and_lists_it()
    {
        await using var server = await HoldServer.StartAsync(Always);

        var refused = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.AskAsync());
        Assert.Equal("billing in production is frozen until 2100-01-01 00:00 UTC: no deploys in this century. Nothing was begun.", refused.Problem.Detail);
        Assert.DoesNotContain("unhold", refused.Problem.Fix, StringComparison.Ordinal);
        Assert.True((await server.AskAsync(new RolloutRequest { PlanOnly = true })).PlanOnly);

        var (listed, shown) = (Assert.Single(await server.Admin.ListHoldsAsync(Token)), (await server.Admin.GetServiceAsync("billing", Token)).Environments);
        Assert.Equal((HoldKinds.Freeze, "billing", "production", null), (listed.Kind, listed.Service, listed.Environment, listed.Owner));
        Assert.Empty(shown[0].Holds);
        Assert.Equal(listed, Assert.Single(shown[1].Holds));
    }

    [Fact]
    public async Task A_reason_overrides_and_is_kept_in_the_event_and_the_audit()
    {
        await using var server = await HoldServer.StartAsync(Always);

        var blank = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.AskAsync(new RolloutRequest { OverrideHold = " " }));
        var rollout = await server.AskAsync(new RolloutRequest { OverrideHold = "the till is down" });

        Assert.Equal(400, blank.Problem.Status);
        Assert.Equal("the till is down", rollout.OverrideHold);
        var told = Assert.Single(await server.EventsAsync(EventTypes.RolloutRequested));
        Assert.Contains("overrides holds: the till is down (billing in production is frozen", told.Message, StringComparison.Ordinal);
        Assert.Equal("the till is down", told.Data!.Value.GetProperty("overrideHold").GetString());
        var audited = Assert.Single(await server.Admin.ListAuditAsync(0, Token), row => row.Action == "rollout.deploy");
        Assert.Contains("overrides holds: the till is down", audited.Detail, StringComparison.Ordinal);
        Assert.EndsWith(rollout.Id, audited.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_rollout_is_looked_at_again_when_its_turn_comes()
    {
        await using var server = await HoldServer.StartAsync();
        await server.OccupyAsync("01J00000000000000000000000");
        var first = await server.AskAsync(new RolloutRequest { Queue = true });
        var second = await server.AskAsync(new RolloutRequest { Queue = true, OverrideHold = "the till is down" });
        await server.Admin.PlaceHoldAsync(new HoldRequest { Service = "billing", Reason = "stocktaking" }, Token);

        await server.OccupyAsync(null);

        var ended = await server.EndedAsync(first.Id);
        Assert.Equal(RolloutStates.Failed, ended.State);
        Assert.Null(ended.StartedAt);
        Assert.Equal("billing is held by admin until it is lifted: stocktaking. Nothing was begun.", ended.Error);
        Assert.Contains("wheelhouse unhold", ended.Fix, StringComparison.Ordinal);
        Assert.NotNull((await server.EndedAsync(second.Id)).StartedAt);
    }

    [Fact]
    public async Task One_hold_stands_in_a_place_and_asking_again_for_the_same_changes_nothing()
    {
        await using var server = await HoldServer.StartAsync();
        var hold = new HoldRequest { Service = "billing", Environment = "production", Reason = "stocktaking" };
        var placed = await server.Admin.PlaceHoldAsync(hold, Token);

        Assert.Equal(placed, await server.Admin.PlaceHoldAsync(hold, Token));
        var refused = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.PlaceHoldAsync(hold with { Reason = "another" }, Token));
        Assert.Equal((409, ProblemCodes.Held), (refused.Problem.Status, refused.Problem.Code));
        Assert.Equal([placed], await server.Admin.ListHoldsAsync(Token));

        await server.Admin.PlaceHoldAsync(hold with { Environment = null }, Token);
        await server.Admin.LiftHoldAsync("billing", "production", Token);
        Assert.Equal(404, (await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.LiftHoldAsync("billing", "production", Token))).Problem.Status);
        Assert.Equal(["hold.placed", "hold.placed", "hold.lifted"], (await server.Admin.ListAuditAsync(0, Token)).Select(row => row.Action).Where(action => action.StartsWith("hold.", StringComparison.Ordinal)));
        Assert.Equal(2, (await server.EventsAsync(EventTypes.HoldPlaced)).Count);
        Assert.Equal("production", Assert.Single(await server.EventsAsync(EventTypes.HoldLifted)).Environment);
    }

    [Fact]
    public async Task A_hold_on_an_environment_is_told_to_every_service_that_has_it()
    {
        await using var server = await HoldServer.StartAsync();
        await server.Admin.PlaceHoldAsync(new HoldRequest { Environment = "staging", Reason = "moving house" }, Token);
        Assert.Equal(["billing", "shop"], (await server.EventsAsync(EventTypes.HoldPlaced)).Select(view => view.Service).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("billing", "production", true)]
    [InlineData("billing", null, false)]
    [InlineData(null, "production", false)]
    [InlineData("billing", "staging", false)]
    [InlineData("shop", "production", false)]
    public async Task Who_may_deploy_all_of_a_place_may_hold_it(string? service, string? environment, bool may)
    {
        await using var server = await HoldServer.StartAsync();
        using var limited = await server.DeployerAsync("limited", ["billing"], ["production"]);
        var request = new HoldRequest { Service = service, Environment = environment, Reason = "stocktaking" };
        if (may)
        {
            Assert.Equal("limited", (await limited.PlaceHoldAsync(request, Token)).Owner);
            await HoldServer.AskAsync(limited, new RolloutRequest { OverrideHold = "the till is down" });
            await limited.LiftHoldAsync(service, environment, Token);
            return;
        }

        Assert.Equal(403, (await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.PlaceHoldAsync(request, Token))).Problem.Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.LiftHoldAsync(service, environment, Token))).Problem.Status);
    }

    [Theory]
    [InlineData(null, null, "x", 400, "needs a service, an environment or both")]
    [InlineData("", "production", "x", 400, "needs a service, an environment or both")]
    [InlineData("billing", null, " ", 400, "reason")]
    [InlineData("biling", null, "x", 404, "There is no service 'biling'")]
    [InlineData("billing", "prod", "x", 404, "has no environment 'prod'")]
    [InlineData(null, "prod", "x", 404, "No service has an environment 'prod'")]
    public async Task A_hold_of_nothing_is_refused(string? service, string? environment, string reason, int status, string message)
    {
        await using var server = await HoldServer.StartAsync();
        var refused = await Assert.ThrowsAsync<WheelhouseApiException>(
            () => server.Admin.PlaceHoldAsync(new HoldRequest { Service = service, Environment = environment, Reason = reason }, Token));
        Assert.Equal(status, refused.Problem.Status);
        Assert.Contains(message, refused.Problem.Detail, StringComparison.Ordinal);
    }
}
