using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>The line to one node: at most one session, opened when somebody needs it and again when it was lost.</summary>
internal sealed class NodeLine(NodeSessionFactory factory, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _shut = new();
    private NodeSession? _session;
    private (string Address, string? User, int? Port, string? Jump, NodeHome Home)? _target;
    private long _lastUse = time.GetTimestamp();

    /// <summary>Cancelled when the line is shut for good.</summary>
    public CancellationToken Shut => _shut.Token;

    /// <summary>How long nobody asked for the session.</summary>
    public TimeSpan IdleFor => time.GetElapsedTime(_lastUse);

    /// <summary>Counts as a use.</summary>
    public void Touch() => _lastUse = time.GetTimestamp();

    /// <summary>Gives the open session, or opens one. A session to another address or home is closed first.</summary>
    /// <exception cref="NodeException">It could not be opened.</exception>
    public async Task<NodeSession> OpenAsync(InventoryNode node, NodeHome home, TimeSpan within, CancellationToken cancellationToken)
    {
        Touch();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var target = (node.Address, node.User, node.Port, node.Jump, home);
            if (_session is { Ended.IsCompleted: false } session && _target == target) return session;
            await DropAsync();
            _session = await factory.OpenAsync(node, home, within, cancellationToken);
            _target = target;
            return _session;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the session, if there is one.</summary>
    public async Task CloseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await DropAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the session for good; what runs on the node follows the protocol's rules of liveness.</summary>
    public async Task ShutAsync()
    {
        await _shut.CancelAsync();
        await CloseAsync();
    }

    /// <summary>Frees what <see cref="ShutAsync"/> leaves; call it after that.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        _shut.Dispose();
    }

    private async Task DropAsync()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }
}
