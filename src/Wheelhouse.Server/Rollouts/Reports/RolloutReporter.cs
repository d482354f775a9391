using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>Counts and traces the rollouts that ended on this server, each once and beside the rollouts themselves.</summary>
internal sealed class RolloutReporter(
    EndedRollouts ended, RolloutMetrics metrics, IDbContextFactory<WheelhouseContext> contexts, ILogger<RolloutReporter> logger) : BackgroundService
{
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        ended.Complete();
        return ExecuteTask is { } reporting ? reporting.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var rollout in ended.ReadAllAsync()) await TryReportAsync(rollout);
    }

    private async Task TryReportAsync(string rollout)
    {
        try
        {
            if (!metrics.IsWanted && !RolloutTrace.IsWanted) return;
            await using var context = await contexts.CreateDbContextAsync();
            if (await RolloutRecord.FindAsync(context, rollout) is not { } record) return;
            metrics.Count(record);
            RolloutTrace.Send(record);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The metrics and the trace of rollout {Rollout} could not be made; the rollout itself is not concerned", rollout);
        }
    }
}
