using System.Diagnostics;

namespace Wheelhouse.Testing;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan within, CancellationToken token) =>
        TrueAsync(() => Task.FromResult(condition()), what, within, token);

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within the time; the message says what was waited for.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan within, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > within) throw new TimeoutException($"Waited {within.TotalSeconds:0.#} s for: {what}");
            await Task.Delay(Pause, token);
        }
    }
}
