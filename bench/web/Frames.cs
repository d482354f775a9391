using System.Globalization;
using Microsoft.Playwright;

namespace Wheelhouse.WebBench;

/// <summary>The times between the frames that a browser painted while something scrolled, in milliseconds.</summary>
internal sealed class Frames(IReadOnlyList<double> times, int gaps)
{
    /// <summary>Scrolls an element from its top to its end in so many frames, and notes each frame's time and whether lines were still missing in it.</summary>
    private const string Scroll = """
        (element, frames) => new Promise(done => {
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
            element.scrollTop = end * frame / frames;
            requestAnimationFrame(next);
          };
          requestAnimationFrame(next);
        })
        """;

    public static async Task<Frames> WhileScrollingAsync(ILocator element, int frames)
    {
        var result = await element.EvaluateAsync<Result>(Scroll, frames);
        return new Frames([.. result.Times.Order()], result.Gaps);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"median {At(.5):0.0}, 95 % {At(.95):0.0}, worst {times[^1]:0.0} ms; {gaps} of {times.Count} frames waited for lines");

    private double At(double share) => times[(int)(share * (times.Count - 1))];

    private sealed class Result
    {
        public double[] Times { get; set; } = [];

        public int Gaps { get; set; }
    }
}
