using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>What is not there, or not for everybody, says so on the page and in the status of the first answer.</summary>
[Collection(WebTests.Name)]
public sealed class WrongAddressTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Theory]
    [InlineData("/there/is/none", "There is no such page")]
    [InlineData("/services/unheard-of", "Not found")]
    [InlineData("/services/hello/unheard-of", "Not found")]
    [InlineData("/documents/unheard-of", "Not found")]
    [InlineData("/rollouts/01K00000000000000000000000", "Not found")]
    [InlineData("/packages/unheard-of", "Not found")]
    public async Task What_is_not_there_answers_404(string path, string heading)
    {
        var visitor = await OpenAsync(lab.Server, "/nodes");
        await AssertAnswerAsync(visitor, path, 404, heading);
    }

    [Theory]
    [InlineData("/audit")]
    [InlineData("/services/new")]
    [InlineData("/settings/users")]
    public async Task What_only_an_admin_may_see_answers_403_to_others(string path)
    {
        var made = await lab.Server.Client.CreateTokenAsync(new TokenRequest { Name = $"looks-at{path.Replace('/', '-')}", Role = Roles.Viewer }, Token);
        var visitor = await OpenAsync(lab.Server, "/nodes", made.Token);
        await AssertAnswerAsync(visitor, path, 403, "This is not for you");
    }

    private static async Task AssertAnswerAsync(Visitor visitor, string path, int status, string heading)
    {
        var answer = await visitor.Page.GotoAsync(path);
        Assert.Equal(status, answer!.Status);
        await visitor.LiveAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
    }
}
