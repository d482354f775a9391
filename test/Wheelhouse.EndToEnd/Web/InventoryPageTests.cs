using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>What an inventory answers is seen before anybody deploys by it.</summary>
[Collection(WebTests.Name)]
public sealed class InventoryPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task The_page_of_the_nodes_asks_the_inventory()
    {
        await lab.AddAsync("asked");
        var visitor = await OpenAsync(lab.Server, "/nodes?find=asked");
        var group = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "asked in production" });
        await Expect(group.GetByText("Nothing was rolled out here yet.")).ToBeVisibleAsync();
        await group.GetByRole(AriaRole.Button, new() { Name = "Ask the inventory" }).ClickAsync();
        var panel = group.GetByRole(AriaRole.Region, new() { Name = "Inventory" });
        await Expect(panel.GetByText("3 nodes for production")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["app1", "app2", "app3"]);
        Assert.Empty(visitor.Complaints);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(panel).ToHaveCountAsync(0);
        await Expect(group.GetByText("3 new")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_document_tests_its_inventories_before_it_is_saved()
    {
        await lab.AddAsync("tested");
        var page = (await OpenAsync(lab.Server, "/documents/tested")).Page;
        var text = page.Locator("#document");
        var yaml = await text.InputValueAsync();
        await text.FillAsync(yaml[..yaml.IndexOf("    nodes:", StringComparison.Ordinal)] + "    nodes: { file: /etc/wheelhouse/no-such-nodes.json }\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the inventories" }).ClickAsync();
        await Expect(page.GetByText("/etc/wheelhouse/no-such-nodes.json does not exist on the server.")).ToBeVisibleAsync();

        await text.FillAsync(yaml.Replace("static:", "static: # as it is", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the inventories" }).ClickAsync();
        await Expect(page.GetByText("3 nodes for production")).ToBeVisibleAsync();
        Assert.Equal(1, (await lab.Server.Client.GetServiceAsync("tested", Token)).Revision);
    }
}
