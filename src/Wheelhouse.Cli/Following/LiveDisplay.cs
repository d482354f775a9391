using Spectre.Console;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Following;

/// <summary>Draws the rollout over itself on a terminal, a few times a second, so that elapsed times move.</summary>
internal sealed class LiveDisplay : IRolloutDisplay
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private volatile string? _notice;

    /// <param name="console">The terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">What to draw.</param>
    public LiveDisplay(IAnsiConsole console, TimeProvider time, RolloutProgress progress) => _drawing = DrawAsync(console, time, progress);

    public void Show(RolloutProgress progress, EventView happened)
    {
        // The next frame shows it.
    }

    public void Notice(string? text) => _notice = text;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }

    private async Task DrawAsync(IAnsiConsole console, TimeProvider time, RolloutProgress progress)
    {
        var view = new LiveView(console.Profile, time);
        await console.Live(Text.Empty).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            using var frames = new PeriodicTimer(Frame, time);
            do
            {
                live.UpdateTarget(Picture());
            }
            while (await NextAsync(frames));
            live.UpdateTarget(Picture());
        });

        Spectre.Console.Rendering.IRenderable Picture()
        {
            using var held = progress.Gate.EnterScope();
            return view.Draw(progress, _notice);
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer frames)
    {
        try
        {
            return await frames.WaitForNextTickAsync(_ended.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
