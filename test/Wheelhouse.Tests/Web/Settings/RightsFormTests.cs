using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Web.Settings;

namespace Wheelhouse.Tests.Web.Settings;

public sealed class RightsFormTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" billing ", new[] { "billing" })]
    [InlineData("billing, shop;web\tapi", new[] { "billing", "shop", "web", "api" })]
    public void Names_are_separated_by_commas_or_blanks(string entered, string[] names) =>
        Assert.Equal(names, new RightsForm().Names(entered));

    [Fact]
    public void An_admin_has_no_limits() => Assert.Empty(new RightsForm { Role = Roles.Admin }.Names("billing"));

    [Fact]
    public void It_begins_with_what_the_user_has()
    {
        var user = new UserView("ann", Roles.Deployer, ["billing", "shop"], ["staging"], [], false, default, "eve", null);
        var form = RightsForm.Of(user);
        Assert.Equal((Roles.Deployer, "billing, shop", "staging", ""), (form.Role, form.Services, form.Environments, form.Projects));
    }
}
