using System.Collections.Concurrent;
using System.Text.Json;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>
/// An open session with the payload on a node. Any number of requests may run in it at once, from any thread. It pings, and counts a
/// node that is silent for too long as lost; then every request ends with a <see cref="NodeConnectException"/> and
/// <see cref="Ended"/> completes. Opened by <see cref="NodeSessionFactory"/>.
/// </summary>
public sealed class NodeSession : IAsyncDisposable
{
    private readonly INodeConnection _connection;
    private readonly NodeOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, PendingRequest> _pending = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<NodeConnectException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _work;
    private TimeSpan _grace;
    private long _lastId;

    /// <summary>Takes over a connection whose marker was just read.</summary>
    internal NodeSession(INodeConnection connection, NodeOptions options, TimeProvider time)
    {
        _connection = connection;
        _options = options;
        _time = time;
        _work = RunAsync();
    }

    /// <summary>Completes, and never fails, with the reason when the session ended.</summary>
    public Task<NodeConnectException> Ended => _ended.Task;

    /// <summary>What the payload said of itself.</summary>
    public NodeHello Hello { get; internal set; } = null!;

    /// <summary>
    /// Sends a request and waits for its answer. Cancelling asks the node to end it and waits for the answer, which may still be a result;
    /// when none comes in time the session is closed, which makes the payload end what it runs.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="onEvent">Called in order for what happens meanwhile, on the reading thread: it must be quick and must not throw.</param>
    /// <param name="cancellationToken">Cancels the request on the node.</param>
    /// <exception cref="NodeException">The node answered with an error, <c>cancelled</c> included.</exception>
    /// <exception cref="NodeConnectException">The session ended before the answer.</exception>
    public async Task<JsonElement> RequestAsync(NodeRequest request, Action<NodeProgress> onEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref _lastId);
        var pending = new PendingRequest(onEvent);
        _pending[id] = pending;
        // After it is in the table, so that an end at this moment is seen here or finds it there.
        if (Ended.IsCompleted) pending.Fail(await Ended.ConfigureAwait(false));
        try
        {
            await SendAsync(Messages.Request(id, request)).WaitAsync(cancellationToken).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await CancelAsync(id, request, pending).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Says goodbye, gives the payload a moment to end, and ends the connection. Requests that still run end as lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            _grace = _options.CloseWithin;
            // A stuck connection would hold this back for ever; the end of the input says the same.
            await Task.WhenAny(SendAsync(Messages.Bye), Task.Delay(_options.CloseWithin, _time)).ConfigureAwait(false);
            End(new NodeConnectException(NodeConnectException.ConnectionLost, "The session was closed by the server.", fix: null));
        }

        await _work.ConfigureAwait(false);
    }

    private async Task<JsonElement> CancelAsync(long id, NodeRequest request, PendingRequest pending)
    {
        var grace = request.RunsToItsEnd ? Timeout.InfiniteTimeSpan : _options.CancelWithin;
        try
        {
            await SendAsync(Messages.Cancel(id)).WaitAsync(_options.CancelWithin, _time).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(grace, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            const string Reason = "The node did not answer the cancellation, so its session was closed; the payload ends what it ran within 30 s.";
            End(new NodeConnectException(NodeConnectException.ConnectionLost, Reason, fix: null));
            throw new NodeException("cancelled", Reason, fix: null);
        }
    }

    private async Task SendAsync(byte[] message)
    {
        try
        {
            await _writing.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                await _connection.Input.WriteAsync(message, _stop.Token).ConfigureAwait(false);
                await _connection.Input.FlushAsync(_stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && _stop.IsCancellationRequested))
        {
            End(await ReasonAsync().ConfigureAwait(false));
        }
    }

    private async Task RunAsync()
    {
        var pings = PingAsync();
        try
        {
            await ReadAsync().ConfigureAwait(false);
            End(await ReasonAsync().ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            End(new NodeConnectException(NodeConnectException.ConnectionLost,
                $"The node was silent for {_options.Silence.TotalSeconds:0} s, so its session was closed.", "Check the node's load and the network between it and the server."));
        }
        catch (Exception e)
        {
            End(new NodeConnectException(NodeConnectException.ConnectionLost, $"The node's answers could not be read: {e.Message}", fix: null));
        }

        // In this order: a ping that is stuck in a full pipe comes loose when the connection is gone.
        await _connection.CloseAsync(_grace).ConfigureAwait(false);
        await pings.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        using var silence = new CancellationTokenSource(_options.Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, _stop.Token);
        await foreach (var line in Lines.ReadAsync(_connection.Output, () => silence.CancelAfter(_options.Silence), either.Token).ConfigureAwait(false))
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("id", out var id) && _pending.TryGetValue(id.GetInt64(), out var pending))
                pending.Receive(message.RootElement);
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(_options.PingEvery, _time);
        using var stopping = _stop.Token.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false)) await SendAsync(Messages.Ping).ConfigureAwait(false);
    }

    /// <summary>Why the connection ended; the client's own explanation follows the end of its output at once, or never.</summary>
    private async Task<NodeConnectException> ReasonAsync()
    {
        if (Ended.IsCompleted) return await Ended.ConfigureAwait(false);
        await Task.WhenAny(_connection.Ended, Task.Delay(TimeSpan.FromSeconds(1), _time)).ConfigureAwait(false);
        return _connection.Ended.IsCompleted
            ? await _connection.Ended.ConfigureAwait(false)
            : new NodeConnectException(NodeConnectException.ConnectionLost, "The node closed the session.", fix: null);
    }

    private void End(NodeConnectException reason)
    {
        if (!_ended.TrySetResult(reason)) return;
        foreach (var pending in _pending.Values) pending.Fail(reason);
        _stop.Cancel();
    }
}
