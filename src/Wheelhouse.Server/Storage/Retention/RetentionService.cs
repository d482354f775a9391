namespace Wheelhouse.Server.Storage.Retention;

/// <summary>Removes old rows once an hour, a few at a time, so that other writes hardly wait.</summary>
public sealed class RetentionService(
    IEnumerable<IRetention> features, DatabaseWriter writer, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    /// <summary>How often it runs.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private const int BatchSize = 200;

    /// <summary>Removes all that may go now.</summary>
    /// <returns>How many rows were removed.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var feature in features)
        {
            var removed = 0;
            int batch;
            do
            {
                batch = await writer.WriteAsync(context => feature.Prune(context, time.GetUtcNow(), BatchSize), cancellationToken);
                removed += batch;
            }
            while (batch >= BatchSize);

            if (removed > 0) logger.LogInformation("Removed {Count} old {Name}", removed, feature.Name);
            total += removed;
        }

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryPruneAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the server. When its start failed, the host would take the exception for a fault of this service.
            logger.LogDebug("Old rows are not looked for any more");
        }
    }

    private async Task TryPruneAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PruneAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "Old rows could not be removed; the next try is in an hour");
        }
    }
}
