using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Finds rollouts that nobody works on, because their server was stopped or killed, and wakes them. Waking one that is being worked on does nothing.</summary>
internal sealed class RolloutResumer(
    IDbContextFactory<WheelhouseContext> contexts, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RolloutResumer> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the server. When its start failed, the host would take the exception for a fault of this service.
            logger.LogDebug("Unfinished rollouts are not looked for any more");
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await WakeAllAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Unfinished rollouts could not be looked for; trying again in {Seconds} s", Interval.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WakeAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await context.Set<RolloutRow>().AsNoTracking()
            .Where(row => row.State == RolloutStates.Queued || row.State == RolloutStates.Running)
            .Select(row => new { row.Id, row.Service, row.Environment, row.PlanOnly, row.State }).ToListAsync(cancellationToken);
        var active = await context.Set<EnvironmentRow>().AsNoTracking()
            .Where(row => row.ActiveRollout != null).Select(row => row.ActiveRollout!).ToHashSetAsync(cancellationToken);
        foreach (var row in open)
        {
            if (row.PlanOnly || active.Contains(row.Id)) await grains.GetGrain<IRolloutGrain>(row.Id).Wake();
            else await grains.GetGrain<IServiceGrain>($"{row.Service}/{row.Environment}").StartNext();
        }
    }
}
