using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Hosting.Programs;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>Opens sessions, a bounded number at once.</summary>
public sealed class NodeSessionFactory(INodeConnector connector, PayloadBundle payload, IOptions<NodeOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>The most that may be printed before the protocol begins, in bytes, and what of it an error shows, in lines.</summary>
    private const int MostNoise = 1024 * 1024, ShownNoise = 3;

    private readonly SemaphoreSlim _starts = new(options.Value.ParallelStarts);
    private long _opened;
    private long _failed;
    private int _open;

    /// <summary>How many sessions are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>How many sessions were opened.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>How often a session could not be opened.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Connects, sends the payload and says hello.</summary>
    /// <param name="node">The node.</param>
    /// <param name="home">The service's place on it.</param>
    /// <param name="within">How long it may take, once its turn has come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NodeConnectException">The node could not be reached.</exception>
    /// <exception cref="NodeException">The payload refused the home.</exception>
    public async Task<NodeSession> OpenAsync(InventoryNode node, NodeHome home, TimeSpan within, CancellationToken cancellationToken)
    {
        await _starts.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var limit = new CancellationTokenSource(within, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return Count(await ConnectAsync(node, home, within, either.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new NodeConnectException(NodeConnectException.TimedOut, $"The node {node.Name} ({node.Address}) did not answer within {within.TotalSeconds:0.#} s.",
                    "Check that the node is up, that no firewall drops the packets, and that its logins are quick.");
            }
        }
        catch (Exception exception) when (exception is NodeConnectException or NodeException)
        {
            Interlocked.Increment(ref _failed);
            throw;
        }
        finally
        {
            _starts.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _starts.Dispose();

    private NodeSession Count(NodeSession session)
    {
        Interlocked.Increment(ref _opened);
        Interlocked.Increment(ref _open);
        session.Ended.GetAwaiter().UnsafeOnCompleted(() => Interlocked.Decrement(ref _open));
        return session;
    }

    private async Task<NodeSession> ConnectAsync(InventoryNode node, NodeHome home, TimeSpan within, CancellationToken cancellationToken)
    {
        var connection = await connector.StartAsync(node, ["python3", "-u", "-c", payload.Loader], within, cancellationToken).ConfigureAwait(false);
        NodeSession? session = null;
        try
        {
            var marker = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var sending = SendAsync(connection, payload.For(marker), cancellationToken);
            await SkipNoiseAsync(connection, marker, cancellationToken).ConfigureAwait(false);
            await sending.ConfigureAwait(false);

            session = new NodeSession(connection, options.Value, time);
            var hello = new NodeRequest("hello", Step: null, Epoch: null, JsonSerializer.SerializeToElement(home, JsonSerializerOptions.Web));
            var answer = await session.RequestAsync(hello, _ => { }, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            session.Hello = answer.Deserialize<NodeHello>(JsonSerializerOptions.Web)!;
            return session;
        }
        catch
        {
            if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
            else await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task SendAsync(INodeConnection connection, byte[] bundle, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Input.WriteAsync(bundle, cancellationToken).ConfigureAwait(false);
            await connection.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw await connection.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads up to the marker; banners and shell start-up output come before it, perhaps on its very line.</summary>
    private static async Task SkipNoiseAsync(INodeConnection connection, string marker, CancellationToken cancellationToken)
    {
        Queue<string> noise = new();
        long bytes = 0;
        await foreach (var line in Lines.ReadAsync(connection.Output, () => { }, cancellationToken).ConfigureAwait(false))
        {
            var text = Encoding.UTF8.GetString(line).TrimEnd();
            if (text.EndsWith(marker, StringComparison.Ordinal)) return;
            if (text.Length > 0) noise.Enqueue(text.Length > 200 ? text[..200] : text);
            if (noise.Count > ShownNoise) noise.Dequeue();
            if ((bytes += line.Length) > MostNoise)
                throw new NodeConnectException(NodeConnectException.ConnectionLost, "The node's login prints without end.", "Log in there and see what its start-up files do.");
        }

        var reason = await connection.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw noise.Count == 0
            ? reason
            : new NodeConnectException(reason.Code, $"{reason.Message} The node printed: {string.Join(" / ", noise)}", reason.Fix);
    }
}
