using System.Net;
using System.Net.Sockets;

namespace Wheelhouse.Testing;

/// <summary>A TCP relay that can lose its connections, or fall silent while they stay open as a network that drops packets does.</summary>
public sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Relay> _relays = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private volatile bool _isSilent;

    public CutProxy(int target)
    {
        _target = target;
        Port = FreePort.Take();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How many bytes went through so far.</summary>
    public long Bytes
    {
        get { lock (_gate) return _relays.Sum(relay => relay.Bytes); }
    }

    /// <summary>Resets every open connection; new ones are relayed.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var relay in _relays) relay.Dispose();
        }
    }

    /// <summary>From now on nothing passes, in connections that are open and in new ones, until <see cref="Restore"/>.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>New connections pass again. Those that fell silent stay so: TCP would have given up on many of them.</summary>
    public void Restore() => _isSilent = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] pumps;
        lock (_gate) pumps = [.. _relays.Select(relay => relay.Done)];
        await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var relay = new Relay(await _listener.AcceptTcpClientAsync(_end.Token), _target, () => _isSilent);
            lock (_gate) _relays.Add(relay);
        }
    }

    private sealed class Relay : IDisposable
    {
        private readonly TcpClient _near;
        private readonly TcpClient _far = new();
        private readonly Func<bool> _isSilent;
        private bool _hasFallenSilent;
        private int _isGone;
        private long _bytes;

        public Relay(TcpClient near, int target, Func<bool> isSilent)
        {
            _near = near;
            _isSilent = isSilent;
            Done = RelayAsync(target);
        }

        public Task Done { get; }

        public long Bytes => Volatile.Read(ref _bytes);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGone, 1) != 0) return;
            _near.LingerState = new LingerOption(enable: true, seconds: 0);
            _near.Dispose();
            _far.Dispose();
        }

        private async Task RelayAsync(int target)
        {
            try
            {
                await _far.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(PumpAsync(_near.GetStream(), _far.GetStream()), PumpAsync(_far.GetStream(), _near.GetStream())).Unwrap();
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either side went away: that is what relays are cut for here.
            }

            Dispose();
        }

        private async Task PumpAsync(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[32 * 1024];
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                _hasFallenSilent |= _isSilent();
                if (_hasFallenSilent) continue;
                Interlocked.Add(ref _bytes, count);
                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
    }
}
