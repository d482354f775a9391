using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Wheelhouse.WebBench;
using static Microsoft.Playwright.Assertions;

// Measures how fast the pages come up, how one very big rollout scrolls and moves, and what it costs the browser and the server.
// Prints tables; see bench/README.md.
const int others = 20;
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
await using var seed = await Seed.OpenAsync(folder["data"]);
await seed.WriteEndedAsync(nodes, lines);
Row("rollout", $"{nodes} nodes, {lines.ToString("N0", CultureInfo.InvariantCulture)} lines, written in {clock.Elapsed.TotalSeconds:0.0} s");

await using var server = await BenchServer.StartAsync(folder["data"], end.Token);
await server.AddServicesAsync(nodes, others, end.Token);
await seed.WriteMovingAsync(nodes);
Assertions.SetDefaultExpectTimeout(120_000);
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", ChromiumSandbox = !Environment.IsPrivilegedProcess });
await using var context = await browser.NewContextAsync(new() { BaseURL = server.Url.ToString(), ViewportSize = new() { Width = 1360, Height = 900 } });
var page = await context.NewPageAsync();
await page.GotoAsync(await server.LinkAsync(end.Token));
await page.GetByRole(AriaRole.Button).ClickAsync();
await Expect(page.Locator("main[aria-busy=false]")).ToBeVisibleAsync();
var signedIn = await context.StorageStateAsync();
await page.GotoAsync("about:blank");

Title($"Pages, with {others + 1} services and {nodes} nodes");
await Tour.TakeAsync(server, browser, signedIn, end.Token);

Title("The page of the rollout");
await OpenAsync(page);
await page.GotoAsync("/");
var before = server.Memory;
clock.Restart();
await OpenAsync(page);
Row("log is there", $"{clock.ElapsedMilliseconds} ms after the address was entered");
var one = server.Memory;
var log = page.Locator("#log-lines");
Row("reading on, 3 lines a frame", await Frames.WhileScrollingAsync(log, 300, step: 72));
Row("whole log in 10 s", await Frames.WhileScrollingAsync(log, 600));
Row("the same, 200 lines a frame", await Frames.WhileScrollingAsync(log, lines / 200));
await page.EvaluateAsync("() => { document.scrollingElement.scrollTop = 0; }");
Row("scrolling the page", await Frames.WhileScrollingAsync(page.Locator("html"), 120));
Row("searching, letter by letter", await Frames.WhileAsync(page, SearchAsync));
Row("  from the last letter to the line", $"{clock.ElapsedMilliseconds} ms");

await page.GotoAsync($"/rollouts/{Seed.Moving}");
await Expect(page.Locator("main[aria-busy=false]")).ToBeVisibleAsync();
Row($"{nodes} nodes changing, {4 * nodes} times", await Frames.WhileAsync(page, MoveAsync));
Row("  from the last change to the page", $"{clock.ElapsedMilliseconds} ms");

Title("Memory");
await OpenAsync(page);
Row("page, JavaScript heap", $"{await HeapAsync(page):0.0} MiB");
for (var more = 1; more < pages; more++) await OpenAsync(await context.NewPageAsync());
var all = server.Memory;
Row("server, no page open", $"{before:0} MiB");
Row("server, one page open", $"{one:0} MiB");
Row($"server, {pages} pages open", $"{all:0} MiB, {(all - one) / (pages - 1):0.0} MiB for each further one");

static async Task OpenAsync(IPage page)
{
    await page.GotoAsync($"/rollouts/{Seed.Rollout}");
    await Expect(page.Locator("main[aria-busy=false]")).ToBeVisibleAsync();
    await Expect(page.Locator("#log-lines .line").First).ToBeVisibleAsync();
}

static async Task<double> HeapAsync(IPage page)
{
    var session = await page.Context.NewCDPSessionAsync(page);
    await session.SendAsync("HeapProfiler.collectGarbage");
    var usage = await session.SendAsync("Runtime.getHeapUsage");
    return usage!.Value.GetProperty("usedSize").GetDouble() / (1 << 20);
}

async Task SearchAsync()
{
    await page.GetByPlaceholder("Search the log").PressSequentiallyAsync($"table {lines}:", new() { Delay = 80 });
    clock.Restart();
    await Expect(page.GetByText("1 line", new() { Exact = true })).ToBeVisibleAsync();
    clock.Stop();
}

// Ten nodes at a time, up to 400 nodes a second: faster than any rollout.
async Task MoveAsync()
{
    foreach (var state in (string[])["staging", "staged", "activating", "good"])
    {
        foreach (var some in Enumerable.Range(1, nodes).Chunk(10))
        {
            await seed.MoveAsync(some, state);
            await server.NudgeAsync($"{state}{some[0]}", end.Token);
            await Task.Delay(25, end.Token);
        }
    }

    clock.Restart();
    await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).Locator("header")).ToContainTextAsync($"{nodes} good");
    clock.Stop();
}

static void Title(string title) => Console.WriteLine($"\n{title}");

static void Row(string what, object measured) => Console.WriteLine($"  {what,-32} {measured}");

static int Number(string variable, int usual) =>
    Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
