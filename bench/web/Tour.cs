using System.Globalization;
using Microsoft.Playwright;

namespace Wheelhouse.WebBench;

/// <summary>How fast each page comes up: the very first time after a start of the server in a browser that has nothing of it, and later.</summary>
internal static class Tour
{
    private const int Times = 3;

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"),
        ("service", $"/services/{Seed.Service}/{Seed.Environment}"),
        ("rollout", $"/rollouts/{Seed.Rollout}"),
        ("nodes", "/nodes"),
        ("packages", "/packages"),
        ("document", $"/documents/{Seed.Service}"),
        ("audit", "/audit"),
        ("settings", "/settings/tokens"),
        ("first steps", "/start"),
    ];

    /// <summary>Prints a row for each page.</summary>
    /// <param name="server">It is started anew for each page.</param>
    /// <param name="browser">Where to look at them.</param>
    /// <param name="signedIn">The cookies of somebody who may see them all.</param>
    /// <param name="token">Ends it.</param>
    public static async Task TakeAsync(BenchServer server, IBrowser browser, string signedIn, CancellationToken token)
    {
        Console.WriteLine($"  {"milliseconds, and layout shift",-32} {"cold: paint",12} {"live",8} {"warm: paint",14} {"live",8} {"jumps",8}");
        foreach (var (name, path) in Pages)
        {
            await server.RestartAsync(token);
            await using var context = await browser.NewContextAsync(new()
            {
                BaseURL = server.Url.ToString(),
                StorageState = signedIn,
                ViewportSize = new() { Width = 1360, Height = 900 },
            });
            await PageLoad.PrepareAsync(context);
            var page = await context.NewPageAsync();
            var cold = await PageLoad.OfAsync(page, path);
            var warm = new List<PageLoad>();
            for (var i = 0; i < Times; i++) warm.Add(await PageLoad.OfAsync(page, path));
            var jumps = warm.Append(cold).MaxBy(load => load.Shift)!;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-32} {cold.Paint,12:0} {cold.Live,8:0} {Median(warm, load => load.Paint),14:0} {Median(warm, load => load.Live),8:0} {jumps.Shift,8:0.000} {jumps.Jumped}"));
        }
    }

    private static double Median(IEnumerable<PageLoad> loads, Func<PageLoad, double> time) => loads.Select(time).Order().ElementAt(Times / 2);
}
