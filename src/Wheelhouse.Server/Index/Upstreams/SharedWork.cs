using System.Collections.Concurrent;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Lets those who want the same thing at the same time wait for one piece of work. It goes on when they go, and ends with the server.</summary>
/// <param name="lifetime">The server's life.</param>
internal sealed class SharedWork<T>(IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> _running = new(StringComparer.Ordinal);

    /// <summary>Starts the work, unless it runs already, and gives its result.</summary>
    /// <param name="key">What it is for.</param>
    /// <param name="work">The work; it is told when the server ends.</param>
    public Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work) =>
        _running.GetOrAdd(key, _ => new Lazy<Task<T>>(() => DoAsync(key, work))).Value;

    private async Task<T> DoAsync(string key, Func<CancellationToken, Task<T>> work)
    {
        // The entry must stand before it is removed.
        await Task.Yield();
        try
        {
            return await work(lifetime.ApplicationStopping);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }
}
