using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Web.Audit;

namespace Wheelhouse.Tests.Web.Audit;

public sealed class AuditLinksTests
{
    [Theory]
    [InlineData("service.applied", "billing", "created, revision 1", "services/billing")]
    [InlineData("service.deleted", "billing", null, null)]
    [InlineData("rollout.deploy", "billing/production", "1.0 as 01M83DACVFFSYSMFDQX5NHY1YX", "rollouts/01M83DACVFFSYSMFDQX5NHY1YX")]
    [InlineData("rollout.cancel", "billing/production", "01M83DACVFFSYSMFDQX5NHY1YX", "rollouts/01M83DACVFFSYSMFDQX5NHY1YX")]
    [InlineData("rollout.deploy", "billing/production", null, "services/billing/production")]
    [InlineData("fence.reset", "billing/production", "epoch 1 → 2", "services/billing/production")]
    [InlineData("host_key.trusted", "billing/production/app 1", null, "nodes?find=app%201")]
    [InlineData("file.published", "Acme_Billing-1.0-py3-none-any.whl", "1 bytes", "packages/acme-billing")]
    [InlineData("file.published", "odd", null, null)]
    [InlineData("rollout.deploy", "billing/production", "1.0, and overrides holds: the till is down as 01M83DACVFFSYSMFDQX5NHY1YX", "rollouts/01M83DACVFFSYSMFDQX5NHY1YX")]
    [InlineData("hold.placed", "billing/production", "billing in production is held", "services/billing/production")]
    [InlineData("hold.lifted", "billing/*", "billing is held", "services/billing")]
    [InlineData("hold.placed", "*/production", "production of every service is held", null)]
    [InlineData("build.requested", "acme", "main as 01M83DACVFFSYSMFDQX5NHY1YX", "builds/01M83DACVFFSYSMFDQX5NHY1YX")]
    [InlineData("build.cancelled", "acme", "01M83DACVFFSYSMFDQX5NHY1YX", "builds/01M83DACVFFSYSMFDQX5NHY1YX")]
    [InlineData("project.applied", "acme", "created, revision 1", "builds/projects/acme")]
    [InlineData("project.deleted", "acme", null, null)]
    [InlineData("token.created", "ci", "role viewer", null)]
    public void A_change_leads_to_the_page_that_shows_it(string action, string subject, string? detail, string? page) =>
        Assert.Equal(page, AuditLinks.Find(new AuditView(1, default, "ann", action, subject, detail)));
}
