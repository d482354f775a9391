using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Wheelhouse.Server.Storage;

/// <summary>
/// The only place that writes to the database. SQLite has one writer and its async calls block, so changes queue here and one thread
/// applies them, up to <see cref="BatchSize"/> in one transaction; a change is acknowledged after its commit is on the disk.
/// A change that throws is rolled back alone, and its caller gets the exception.
/// </summary>
public sealed class DatabaseWriter(
    IDbContextFactory<WheelhouseContext> contexts, IHostApplicationLifetime lifetime, ILogger<DatabaseWriter> logger) : IHostedService, IDisposable
{
    /// <summary>How many changes share one transaction at most.</summary>
    public const int BatchSize = 200;

    private const string Savepoint = "change";

    // Whoever queues a change wakes the thread itself, not by way of the thread pool.
    private readonly Channel<PendingChange> _queue = Channel.CreateBounded<PendingChange>(
        new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait, AllowSynchronousContinuations = true });

    private Thread? _thread;
    private WheelhouseContext? _context;
    private long _applied;
    private long _failed;

    /// <summary>How many changes wait to be applied.</summary>
    public int QueueLength => _queue.Reader.Count;

    /// <summary>Whether it applies changes: from its start until the server stops, or until it broke.</summary>
    public bool IsRunning => _thread is { IsAlive: true };

    /// <summary>How many changes it has applied, those that were refused included.</summary>
    public long Applied => Interlocked.Read(ref _applied);

    /// <summary>How many transactions failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Raised after each commit, on the writer's thread: be quick.</summary>
    public event Action? Committed;

    /// <summary>Applies a change and waits until it is durable.</summary>
    /// <param name="change">Reads and changes entities of the context it is given; it must not call <c>SaveChanges</c> or keep the context.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue. A change that is in the queue is applied.</param>
    /// <returns>What the change returned.</returns>
    public async Task<T> WriteAsync<T>(Func<WheelhouseContext, T> change, CancellationToken cancellationToken = default)
    {
        var pending = new PendingChange<T>(change);
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Completion;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<WheelhouseContext> change, CancellationToken cancellationToken = default) =>
        WriteAsync(context =>
        {
            change(context);
            return true;
        }, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "database writer" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        _thread?.Join(TimeSpan.FromSeconds(10));
        return Task.CompletedTask;
    }

    public void Dispose() => _queue.Writer.TryComplete();

    private void Run()
    {
        try
        {
            var batch = new List<PendingChange>(BatchSize);
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                batch.Clear();
                while (batch.Count < BatchSize && _queue.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                Apply(batch);
            }
        }
        catch (Exception exception)
        {
            logger.LogCritical(exception, "The database writer stopped. The server stops too, since nothing can be recorded any more.");
            _queue.Writer.TryComplete(exception);
            lifetime.StopApplication();
        }
        finally
        {
            _context?.Dispose();
        }
    }

    private void Apply(List<PendingChange> batch)
    {
        try
        {
            var context = _context ??= Open();
            using var transaction = context.Database.BeginTransaction();
            if (batch is [var only])
            {
                // The whole transaction is its savepoint.
                if (only.TryApply(context)) transaction.Commit();
                context.ChangeTracker.Clear();
            }
            else
            {
                foreach (var change in batch)
                {
                    transaction.CreateSavepoint(Savepoint);
                    if (!change.TryApply(context)) transaction.RollbackToSavepoint(Savepoint);
                    transaction.ReleaseSavepoint(Savepoint);
                    context.ChangeTracker.Clear();
                }

                transaction.Commit();
            }
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A batch of {Count} changes could not be written", batch.Count);
            _context?.Dispose();
            _context = null;
            Interlocked.Increment(ref _failed);
            batch.ForEach(change => change.Fail(exception));
            return;
        }

        Interlocked.Add(ref _applied, batch.Count);
        batch.ForEach(change => change.Acknowledge());
        Committed?.Invoke();
    }

    /// <summary>A context whose connection stays open from one batch to the next.</summary>
    private WheelhouseContext Open()
    {
        var context = contexts.CreateDbContext();
        context.Database.OpenConnection();
        return context;
    }
}
