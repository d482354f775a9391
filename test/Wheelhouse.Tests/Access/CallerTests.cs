using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Tests.Access;

public sealed class CallerTests
{
    private static readonly Caller Limited = new("ci", Roles.Deployer, ["billing"], ["staging"], ["acme-billing"]);

    [Theory]
    [InlineData("billing", "staging", true)]
    [InlineData("billing", "production", false)]
    [InlineData("shop", "staging", false)]
    [InlineData("Billing", "staging", false)]
    public void Deploys_only_within_its_limits(string service, string environment, bool allowed) =>
        Assert.Equal(allowed, Limited.MayDeploy(service, environment));

    [Theory]
    [InlineData("acme-billing", true)]
    [InlineData("Acme.Billing", true)]
    [InlineData("ACME__billing", true)]
    [InlineData("acme", false)]
    public void Uploads_only_its_projects_however_they_are_written(string project, bool allowed) =>
        Assert.Equal(allowed, Limited.MayPublish(project));

    [Theory]
    [InlineData(Roles.Viewer, true, false, false)]
    [InlineData(Roles.Publisher, true, true, false)]
    [InlineData(Roles.Deployer, true, true, true)]
    [InlineData(Roles.Admin, true, true, true)]
    [InlineData(Caller.IndexReader, false, false, false)]
    [InlineData("made-up", false, false, false)]
    public void The_role_counts_beside_the_limits(string role, bool see, bool publish, bool deploy)
    {
        var caller = new Caller("x", role, [], [], []);
        Assert.Equal((see, publish, deploy), (caller.MaySee("a"), caller.MayPublish("a"), caller.MayDeploy("a", "b")));
    }

    [Fact]
    public void A_refusal_says_what_the_token_allows()
    {
        var refusal = Assert.Throws<ApiException>(() => Limited.RequireMayDeploy("shop", "production"));
        Assert.Equal((403, "forbidden"), (refusal.Status, refusal.Code));
        Assert.Equal("The token 'ci' may not deploy shop to production: its role is deployer, "
            + "limited to services billing; environments staging; projects acme-billing.", refusal.Message);
        Assert.Equal("Ask an admin for a token with the role deployer whose limits include shop and production.", refusal.Fix);
        Assert.Throws<ApiException>(() => Limited.RequireMaySee("shop"));
        Assert.Throws<ApiException>(() => Limited.RequireMayPublish("shop"));
        Limited.RequireMaySee("billing");
        Limited.RequireMayDeploy("billing", "staging");
        Limited.RequireMayPublish("acme-billing");
    }
}
