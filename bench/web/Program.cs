using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Wheelhouse.WebBench;
using static Microsoft.Playwright.Assertions;

// Measures the page of one very big rollout: how it scrolls, and what it costs the server. Prints a table; see bench/README.md.
var nodes = Number("NODES", 300);
var lines = Number("LINES", 100_000);
var pages = Number("PAGES", 10);
using var end = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    end.Cancel();
};

using var folder = new TempFolder("wh-bench");
var clock = Stopwatch.StartNew();
await Seed.WriteAsync(folder["data"], nodes, lines);
Row("rollout", $"{nodes} nodes, {lines.ToString("N0", CultureInfo.InvariantCulture)} lines, written in {clock.Elapsed.TotalSeconds:0.0} s");

await using var server = await BenchServer.StartAsync(folder["data"], end.Token);
Assertions.SetDefaultExpectTimeout(120_000);
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", ChromiumSandbox = !Environment.IsPrivilegedProcess });
await using var context = await browser.NewContextAsync(new() { BaseURL = server.Url.ToString(), ViewportSize = new() { Width = 1360, Height = 900 } });
var page = await context.NewPageAsync();
await page.GotoAsync(await server.LinkAsync(end.Token));
await page.GetByRole(AriaRole.Button).ClickAsync();
await Expect(page.Locator("main[aria-busy=false]")).ToBeVisibleAsync();
// The first use of everything is compiled first.
await OpenAsync(page);
await page.GotoAsync("/");
var before = server.Memory;

clock.Restart();
await OpenAsync(page, () => Row("answers to clicks", $"{clock.ElapsedMilliseconds} ms after the address was entered"));
Row("log is there", $"{clock.ElapsedMilliseconds} ms");
Row("first paint", $"{await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"):0} ms");
var one = server.Memory;

Row("scrolling through the log in 10 s", await Frames.WhileScrollingAsync(page.Locator("#log-lines"), 600));
Row("the same, 200 lines a frame", await Frames.WhileScrollingAsync(page.Locator("#log-lines"), lines / 200));
await page.EvaluateAsync("() => { document.scrollingElement.scrollTop = 0; }");
Row("scrolling the page", await Frames.WhileScrollingAsync(page.Locator("html"), 120));

clock.Restart();
await page.GetByPlaceholder("Search the log").FillAsync($"migrating table {lines}:");
await Expect(page.GetByText("1 line", new() { Exact = true })).ToBeVisibleAsync();
Row("searching all lines", $"{clock.ElapsedMilliseconds} ms");

for (var more = 1; more < pages; more++) await OpenAsync(await context.NewPageAsync());
var all = server.Memory;
Row("server memory, no page open", $"{before:0} MiB");
Row("server memory, one page open", $"{one:0} MiB");
Row($"server memory, {pages} pages open", $"{all:0} MiB, {(all - one) / (pages - 1):0.0} MiB for each further one");

static async Task OpenAsync(IPage page, Action? whenLive = null)
{
    await page.GotoAsync($"/rollouts/{Seed.Rollout}");
    await Expect(page.Locator("main[aria-busy=false]")).ToBeVisibleAsync();
    whenLive?.Invoke();
    await Expect(page.Locator("#log-lines .line").First).ToBeVisibleAsync();
}

static void Row(string what, object measured) => Console.WriteLine($"  {what,-36} {measured}");

static int Number(string variable, int usual) =>
    Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
