using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Server.Builds;

/// <summary>Does something again and again, as long as the server runs; what fails is tried again in the next round.</summary>
internal static class Rounds
{
    /// <summary>Runs until the server stops.</summary>
    /// <param name="what">What is done, for the log, in a few words.</param>
    /// <param name="interval">How long to wait between two rounds.</param>
    /// <param name="round">One round.</param>
    /// <param name="lifetime">Rounds begin once the server has started.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of rounds that fail.</param>
    /// <param name="stoppingToken">Ends them.</param>
    public static async Task RunAsync(
        string what, TimeSpan interval, Func<CancellationToken, Task> round, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger, CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            using var timer = new PeriodicTimer(interval, time);
            do await TryAsync(what, interval, round, logger, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the server. When its start failed, the host would take the exception for a fault of this service.
            logger.LogDebug("No more: {What}", what);
        }
    }

    private static async Task TryAsync(string what, TimeSpan interval, Func<CancellationToken, Task> round, ILogger logger, CancellationToken stoppingToken)
    {
        try
        {
            await round(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "This failed, and is tried again in {Seconds} s: {What}", interval.TotalSeconds, what);
        }
    }
}
