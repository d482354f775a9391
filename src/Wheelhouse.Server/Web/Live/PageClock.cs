namespace Wheelhouse.Server.Web.Live;

/// <summary>Ticks for all relative times of one open page, so that "2 minutes ago" does not stay for an hour.</summary>
public sealed class PageClock : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Starts it.</summary>
    public PageClock(TimeProvider time) => (_time, _timer) = (time, time.CreateTimer(_ => Ticked?.Invoke(), state: null, Period, Period));

    /// <summary>Raised every second, on any thread.</summary>
    public event Action? Ticked;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose() => _timer.Dispose();
}
