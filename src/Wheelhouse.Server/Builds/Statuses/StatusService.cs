
namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>Looks every few seconds whether git hosts are to be told something.</summary>
internal sealed class StatusService(StatusTeller teller, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StatusService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync("Git hosts are told how builds stand", Interval, teller.TellDueAsync, lifetime, time, logger, stoppingToken);
}
