using System.Globalization;
using Microsoft.Playwright;

namespace Wheelhouse.WebBench;

/// <summary>The times between the frames that a browser painted while something moved, in milliseconds.</summary>
internal sealed class Frames(IReadOnlyList<double> times, int? gaps)
{
    /// <summary>Scrolls an element by so many pixels a frame, or to its end, and notes each frame's time and whether lines were still missing in it.</summary>
    private const string Scroll = """
        (element, { frames, step }) => new Promise(done => {
          const times = [], list = element.id === 'log-lines', end = element.scrollHeight - element.clientHeight;
          let last, gaps = 0, frame = 0;
          const isFilled = () => {
            const box = element.getBoundingClientRect(), before = element.firstElementChild, after = element.lastElementChild;
            return before.getBoundingClientRect().bottom <= box.top + 1 && after.getBoundingClientRect().top >= box.bottom - 1;
          };
          const next = now => {
            if (last !== undefined) times.push(now - last);
            last = now;
            if (list && frame > 1 && frame < frames && !isFilled()) gaps++;
            if (frame++ === frames) return done({ times, gaps });
            element.scrollTop = step ? frame * step : end * frame / frames;
            requestAnimationFrame(next);
          };
          requestAnimationFrame(next);
        })
        """;

    private const string Begin = """
        () => {
          window.frames = { times: [], goesOn: true };
          let last;
          const next = now => {
            if (last !== undefined) window.frames.times.push(now - last);
            last = now;
            if (window.frames.goesOn) requestAnimationFrame(next);
          };
          requestAnimationFrame(next);
        }
        """;

    private const string End = "() => { window.frames.goesOn = false; return window.frames.times; }";

    /// <summary>Scrolls an element.</summary>
    /// <param name="element">What to scroll.</param>
    /// <param name="frames">In how many frames.</param>
    /// <param name="step">How many pixels in each; 0 to come to its end with the last.</param>
    public static async Task<Frames> WhileScrollingAsync(ILocator element, int frames, int step = 0)
    {
        var result = await element.EvaluateAsync<Result>(Scroll, new { frames, step });
        return new Frames([.. result.Times.Order()], result.Gaps);
    }

    /// <summary>Looks at a page while something else happens.</summary>
    public static async Task<Frames> WhileAsync(IPage page, Func<Task> happens)
    {
        await page.EvaluateAsync(Begin);
        await happens();
        return new Frames([.. (await page.EvaluateAsync<double[]>(End)).Order()], gaps: null);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"median {At(.5):0.0}, 95 % {At(.95):0.0}, worst {times[^1]:0.0} ms{(gaps is null ? "" : $"; {gaps} of {times.Count} frames waited for lines")}");

    private double At(double share) => times[(int)(share * (times.Count - 1))];

    private sealed class Result
    {
        public double[] Times { get; set; } = [];

        public int Gaps { get; set; }
    }
}
