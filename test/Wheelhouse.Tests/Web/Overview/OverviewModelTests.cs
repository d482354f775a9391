using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Overview;

namespace Wheelhouse.Tests.Web.Overview;

public sealed class OverviewModelTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(HoldKinds.Manual, "billing", false, "held by ann until it is lifted: stocktaking")]
    [InlineData(HoldKinds.Manual, "billing", true, null)] // it ends by itself
    [InlineData(HoldKinds.Manual, null, false, null)] // it would be told for each service
    [InlineData(HoldKinds.Freeze, "billing", false, null)]
    public void A_hold_needs_attention_when_a_person_has_to_end_it(string kind, string? service, bool ends, string? why)
    {
        var hold = new HoldView
        {
            Kind = kind,
            Service = service,
            Environment = "production",
            Reason = "stocktaking",
            Owner = "ann",
            Since = Noon,
            Until = ends ? Noon.AddHours(1) : null,
        };
        var environment = new EnvironmentView("production", "1.0", Noon, "ann", null, null, 0, []) { Holds = [hold] };

        Assert.Equal(why, new OverviewModel([], new Dictionary<string, RolloutView>()).AttentionFor(environment));
    }
}
