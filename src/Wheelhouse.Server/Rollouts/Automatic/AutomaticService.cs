using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Server.Rollouts.Automatic;

/// <summary>Deploys what is published by itself, as long as the server runs.</summary>
internal sealed class AutomaticService(AutomaticRollouts rollouts, EventSignal signal, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AutomaticService> logger)
    : BackgroundService
{
    /// <summary>Commits come in crowds; so long they are waited for together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            while (true)
            {
                var news = signal.Next;
                if (!await TryAsync(stoppingToken)) await Task.Delay(AfterFailure, time, stoppingToken);
                else await news.WaitAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Releases are not deployed by themselves any more");
        }
    }

    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await rollouts.RunAsync(stoppingToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "Releases could not be deployed by themselves; trying again in {Seconds} s", AfterFailure.TotalSeconds);
            return false;
        }
    }
}
