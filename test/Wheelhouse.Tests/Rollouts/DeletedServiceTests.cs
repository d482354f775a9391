using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Tests.Holds;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>A service is deleted at the moment of a push.</summary>
public sealed class DeletedServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_decided_before_the_service_was_deleted_is_not_admitted_after_it()
    {
        await using var server = await HoldServer.StartAsync();
        var decided = new AdmissionRequest { Kind = RolloutKinds.Deploy, Version = "1.0", Revision = 1, By = "ann" };
        await server.Admin.DeleteServiceAsync("billing", Token);

        var admission = await server.Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceGrain>("billing/production").Request(decided);

        Assert.Equal(new Admission("", AdmissionOutcome.Gone), admission);
    }

    [Fact]
    public async Task A_service_whose_rollout_waits_for_its_turn_is_not_deleted()
    {
        await using var server = await HoldServer.StartAsync();
        await server.OccupyAsync("another");
        var waiting = await server.AskAsync(new RolloutRequest { Queue = true });

        var refused = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.DeleteServiceAsync("billing", Token));

        Assert.Equal((ProblemCodes.RolloutActive, waiting.Id), (refused.Problem.Code, refused.Problem.Rollout));
        await server.Admin.CancelAsync(waiting.Id, Token);
        await server.Admin.DeleteServiceAsync("billing", Token);
    }
}
