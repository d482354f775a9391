namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Looks every few seconds whether the git host of a project is to be asked.</summary>
internal sealed class PollService(Poller poller, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PollService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync("git hosts are asked what is new", Interval, poller.PollDueAsync, lifetime, time, logger, stoppingToken);
}
