using Wheelhouse.Server.Index.Upstreams.Asking;

namespace Wheelhouse.Server.Index.Upstreams.Kept;

/// <summary>Reads a file of an upstream within its limits of time and size.</summary>
internal static class Download
{
    /// <summary>Reads all of it, in pieces.</summary>
    /// <param name="upstream">The upstream.</param>
    /// <param name="url">Where the file lies.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="take">Takes each piece.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="UpstreamException">It is not given, too large or too slow.</exception>
    public static async Task<long> ReadAsync(
        Upstream upstream, string url, long most, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(upstream.Options.FileTimeout);
        var name = new Uri(url).Segments[^1];
        try
        {
            using var answer = await BeginAsync(upstream, url, limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            var size = answer.Content.Headers.ContentLength > most ? null : await BoundedReading.ReadAsync(body, most, upstream.Options.Timeout, take, limit.Token);
            return size ?? throw new UpstreamException(upstream.Name, $"sends more than {most} bytes of {name}");
        }
        catch (OperationCanceledException slow) when (!token.IsCancellationRequested)
        {
            throw new UpstreamException(upstream.Name, $"did not send {name} within {upstream.Options.FileTimeout.TotalSeconds:0.#} s", slow);
        }
        catch (TimeoutException stalled)
        {
            throw new UpstreamException(upstream.Name, $"stopped while it sent {name}: {stalled.Message}", stalled);
        }
        catch (HttpRequestException broken)
        {
            throw new UpstreamException(upstream.Name, $"broke off while it sent {name}: {broken.Message.TrimEnd('.')}", broken);
        }
    }

    private static async Task<HttpResponseMessage> BeginAsync(Upstream upstream, string url, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(upstream.Options.Timeout);
        try
        {
            return await upstream.GetFileAsync(new Uri(url), patience.Token);
        }
        catch (OperationCanceledException slow) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came within {upstream.Options.Timeout.TotalSeconds:0.#} s", slow);
        }
    }
}
