using Microsoft.Playwright;

namespace Wheelhouse.WebBench;

/// <summary>How one page came up in a browser.</summary>
/// <param name="Paint">When something of it was to be seen (first contentful paint), in milliseconds after its address was entered.</param>
/// <param name="Live">When it answered to clicks, in milliseconds after its address was entered.</param>
/// <param name="Shift">How much of it jumped meanwhile and shortly after (cumulative layout shift; 0 is nothing).</param>
internal sealed record PageLoad(double Paint, double Live, double Shift)
{
    /// <summary>What jumped, for whoever mends it; empty when nothing did.</summary>
    public string Jumped { get; init; } = "";

    /// <summary>Notes when the page becomes live; it runs before everything else of the page.</summary>
    private const string Note = """
        window.whenLive = new Promise(done => new MutationObserver((_, observer) => {
          if (!document.querySelector('main[aria-busy=false]')) return;
          observer.disconnect();
          requestAnimationFrame(now => done(performance.now()));
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-busy'] }));
        window.shifts = [];
        new PerformanceObserver(list => window.shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
        """;

    /// <summary>Waits until the page has been quiet for a while, and reads what was noted.</summary>
    private const string Read = """
        async quiet => {
          const live = await window.whenLive;
          await new Promise(done => setTimeout(done, quiet));
          const name = node => !node ? '?' : node.nodeType === 1 ? node.tagName.toLowerCase() + (node.className ? '.' + String(node.className).replaceAll(' ', '.') : '') : 'text of ' + name(node.parentNode);
          return {
            paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
            live,
            shift: window.shifts.reduce((sum, entry) => sum + entry.value, 0),
            jumped: [...new Set(window.shifts.flatMap(entry => entry.sources.map(source => name(source.node))))].join(', '),
          };
        }
        """;

    private const int QuietMilliseconds = 600;

    /// <summary>Makes a browser note what <see cref="OfAsync"/> reads.</summary>
    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(Note);

    /// <summary>Opens a page.</summary>
    public static async Task<PageLoad> OfAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        var read = await page.EvaluateAsync<Result>(Read, QuietMilliseconds);
        return new PageLoad(read.Paint, read.Live, read.Shift) { Jumped = read.Jumped };
    }

    private sealed class Result
    {
        public double Paint { get; set; }

        public double Live { get; set; }

        public double Shift { get; set; }

        public string Jumped { get; set; } = "";
    }
}
