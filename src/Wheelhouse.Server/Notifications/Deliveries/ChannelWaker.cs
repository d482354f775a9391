using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>Sees to it that every channel is worked on by some server.</summary>
internal sealed class ChannelWaker(
    IDbContextFactory<WheelhouseContext> contexts, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChannelWaker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do await TryWakeAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Channels are not woken any more");
        }
    }

    private async Task TryWakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(stoppingToken);
            // All at once, so that one that cannot be woken keeps no other asleep.
            await Task.WhenAll((await context.Set<ChannelRow>().Select(row => row.Name).ToListAsync(stoppingToken)).Select(name => grains.GetGrain<IChannelGrain>(name).Wake()));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "The channels could not be woken; trying again in {Seconds} s", Interval.TotalSeconds);
        }
    }
}
