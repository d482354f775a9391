using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <summary>Finds builds that nobody works on, because their server was stopped or killed, and wakes them. Waking one that is being worked on does nothing.</summary>
internal sealed class BuildResumer(
    IDbContextFactory<WheelhouseContext> contexts, IGrainFactory grains, DataDirectory data, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BuildResumer> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private bool _isSwept;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync("unfinished builds are looked for", Interval, WakeAsync, lifetime, time, logger, stoppingToken);

    private async Task WakeAsync(CancellationToken stoppingToken)
    {
        var folders = _isSwept ? [] : BuildFolder.List(data); // Before the builds are read, so that the folder of a new one is never left over.
        await using var context = await contexts.CreateDbContextAsync(stoppingToken);
        var open = await context.Set<BuildRow>().AsNoTracking().Where(BuildRow.IsOpen).Select(row => new { row.Id, row.Project, row.IsAdmitted }).ToListAsync(stoppingToken);
        foreach (var left in folders.Except(open.Select(row => row.Id))) BuildFolder.Delete(BuildFolder.Of(data, left));
        _isSwept = true;
        foreach (var row in open.Where(row => row.IsAdmitted)) await grains.GetGrain<IBuildGrain>(row.Id).Wake();
        foreach (var project in open.Where(row => !row.IsAdmitted).Select(row => row.Project).Distinct()) await grains.GetGrain<IProjectGrain>(project).StartNext();
    }
}
