using System.Threading.RateLimiting;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>Lets a number of requests through in each window of time, by a clock that can be given (those of the framework have their own).</summary>
/// <param name="most">How many.</param>
/// <param name="window">How long a window is; it begins with its first request.</param>
/// <param name="time">The clock.</param>
internal sealed class WindowLimiter(int most, TimeSpan window, TimeProvider time) : RateLimiter
{
    private readonly Lock _lock = new();
    private DateTimeOffset _end;
    private int _used;
    private long _let;
    private long _refused;

    /// <summary>Says since when the limiter is as good as new, so that the framework can drop it.</summary>
    public override TimeSpan? IdleDuration => time.GetUtcNow() - _end is { Ticks: > 0 } idle ? idle : null;

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = time.GetUtcNow() < _end ? most - _used : most,
                TotalSuccessfulLeases = _let,
                TotalFailedLeases = _refused,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now >= _end) (_end, _used) = (now + window, 0);
            if (_used + permitCount > most)
            {
                _refused++;
                return new Lease(_end - now);
            }

            _used += permitCount;
            _let++;
            return new Lease(null);
        }
    }

    /// <summary>Nothing waits in a queue.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait is not null && metadataName == MetadataName.RetryAfter.Name ? wait.Value : null;
            return metadata is not null;
        }
    }
}
