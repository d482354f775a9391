using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>
/// Asks the inventories while nobody deploys: at the start, soon after a document was applied, every <see cref="InventoryOptions.Refresh"/>, and when an
/// inventory that can be watched says that it changed.
/// </summary>
internal sealed class InventoryRefresher(
    ServiceCatalog services, InventoryWatch watch, InventoryOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<InventoryRefresher> logger)
    : BackgroundService
{
    /// <summary>How soon after it was applied a document is noticed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<InventoryContext, (int Revision, CancellationTokenSource Stop)> _watched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Refresh == TimeSpan.Zero) return;
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            string? seen = null;
            do
            {
                seen = await TryReconcileAsync(seen, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The inventories are not asked any more");
        }
    }

    private async Task<string?> TryReconcileAsync(string? seen, CancellationToken stoppingToken)
    {
        try
        {
            var state = await services.StateAsync(stoppingToken);
            if (state != seen) Reconcile(await services.ListAsync(stoppingToken), stoppingToken);
            return state;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "The services could not be read; trying again in {Seconds} s", Interval.TotalSeconds);
            return seen;
        }
    }

    /// <summary>Begins to watch what was applied, and stops watching what was replaced or deleted.</summary>
    private void Reconcile(IReadOnlyList<ListedService> listed, CancellationToken stoppingToken)
    {
        var wanted = listed.Where(service => service.Document is not null)
            .SelectMany(service => service.Document!.Environments.Select(environment => (Service: service, Environment: environment)))
            .ToDictionary(one => new InventoryContext(one.Service.Name, one.Environment.Name));
        foreach (var (place, (revision, stop)) in _watched.ToList())
        {
            if (wanted.TryGetValue(place, out var now) && now.Service.Revision == revision) continue;
            stop.Cancel();
            _watched.Remove(place);
        }

        foreach (var (place, (service, environment)) in wanted.Where(one => !_watched.ContainsKey(one.Key)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _watched.Add(place, (service.Revision, stop));
            _ = WatchAsync(place, environment, stop);
        }
    }

    private async Task WatchAsync(InventoryContext place, EnvironmentDocument environment, CancellationTokenSource stop)
    {
        using (stop)
        {
            try
            {
                while (true) await TryWatchAsync(place, environment, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                logger.LogDebug("The inventory of {Service} in {Environment} is not watched any more", place.Service, place.Environment);
            }
        }
    }

    /// <summary>Watches until cancelled; when something unexpected ends that earlier, waits until it is time to begin again.</summary>
    private async Task TryWatchAsync(InventoryContext place, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        try
        {
            await watch.RunAsync(place, environment, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(
                exception, "The inventory of {Service} in {Environment} cannot be watched; trying again in {Seconds} s", place.Service, place.Environment, options.Refresh.TotalSeconds);
            await Task.Delay(options.Refresh, time, cancellationToken);
        }
    }
}
