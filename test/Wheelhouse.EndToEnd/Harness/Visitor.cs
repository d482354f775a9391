using System.Collections.Concurrent;
using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>Somebody who looks at the pages with a browser of their own.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal Visitor(ServerProcess server, IBrowserContext context, IPage page)
    {
        (_server, Context, Page) = (server, context, page);
        Watch(page);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and what the browser refused, such as a violation of the content security policy.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Goes to a page and waits until it answers to clicks.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits until the page answers to clicks.</summary>
    public Task LiveAsync() => LiveAsync(Page);

    /// <summary>Opens another tab on a page and waits until it answers to clicks.</summary>
    public async Task<IPage> OpenTabAsync(string path)
    {
        var tab = await Context.NewPageAsync();
        Watch(tab);
        await tab.GotoAsync(path);
        await LiveAsync(tab);
        return tab;
    }

    /// <summary>Signs in with the link that <c>wheelhouse open</c> makes.</summary>
    public async Task SignInByLinkAsync(string token)
    {
        using var client = WheelhouseClient.Create(_server.Url, token, "wheelhouse-tests/1.0");
        var link = await client.CreateSessionLinkAsync(new SessionLinkRequest(), TestContext.Current.CancellationToken);
        await Page.GotoAsync(link.Url);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in as " }).ClickAsync();
        await LiveAsync();
    }

    /// <summary>Signs in with name and password.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private static Task LiveAsync(IPage page) => Expect(page.Locator("main")).ToHaveAttributeAsync("aria-busy", "false");

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // An answer that is no success may be what a test is about, and the browser asks for things by itself.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _complaints.Enqueue(message.Text);
        };
    }
}
