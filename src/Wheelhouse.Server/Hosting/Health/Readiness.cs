using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Health;

/// <summary>Tells whether the server can do its work now: it has started, does not stop, and reads and writes what it needs.</summary>
internal sealed class Readiness(
    IHostApplicationLifetime lifetime, DatabaseWriter writer, DataDirectory data, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns when it can.</summary>
    /// <exception cref="ApiException">It cannot (503), with the reason.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) throw NotReady("The server stops.", fix: null);
        if (!lifetime.ApplicationStarted.IsCancellationRequested) throw NotReady("The server is still starting.", "Ask again in a moment.");
        if (!writer.IsRunning) throw NotReady("The database's writer stopped, so nothing can be recorded.", "Look at the server's log and start it again.");
        await RequireDatabaseAsync(cancellationToken);
        await RequireDiskAsync(cancellationToken);
    }

    private async Task RequireDatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Through the writer: a database that is read but cannot be written, or a writer that is stuck, is no database. It changes nothing.
            await writer.WriteAsync(context => context.Database.GetAppliedMigrations(), cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw NotReady($"The database was not written to for {Patience.TotalSeconds:0} seconds.", "Look at the server's disk and its log.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw NotReady($"The database cannot be used: {exception.Message}", "Run 'wheelhouse-server doctor' on the server.");
        }
    }

    private async Task RequireDiskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var probe = Path.Combine(data.Root, $".ready-{Guid.NewGuid():N}");
            await using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            await file.WriteAsync("ready"u8.ToArray(), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotReady("The data directory cannot be written.", "Run 'wheelhouse-server doctor' on the server; the disk may be full, or not be the server's.");
        }
    }

    private static ApiException NotReady(string reason, string? fix) => new(StatusCodes.Status503ServiceUnavailable, "not_ready", reason, fix);
}
