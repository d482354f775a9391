using Wheelhouse.Server.Web.Audit;

namespace Wheelhouse.Tests.Web.Audit;

public sealed class AuditLinksTests
{
    [Theory]
    [InlineData("service.applied", "billing", "services/billing")]
    [InlineData("service.deleted", "billing", null)]
    [InlineData("rollout.deploy", "billing/production", "services/billing/production")]
    [InlineData("fence.reset", "billing/production", "services/billing/production")]
    [InlineData("host_key.trusted", "billing/production/app 1", "nodes?find=app%201")]
    [InlineData("token.created", "ci", null)]
    [InlineData("rollout.deploy", "odd", null)]
    public void A_change_leads_to_the_page_that_shows_it(string action, string subject, string? page) =>
        Assert.Equal(page, AuditLinks.Find(action, subject));
}
