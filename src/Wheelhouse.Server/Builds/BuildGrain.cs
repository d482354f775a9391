using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Publishing;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <inheritdoc cref="IBuildGrain"/>
[Reentrant]
internal sealed class BuildGrain(
    BuildRun run, BuildSlots slots, IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, EventLog log, TimeProvider time, ILogger<BuildGrain> logger)
    : Grain, IBuildGrain, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    private string Id => this.GetPrimaryKeyString();

    public async Task Wake()
    {
        if (!_work.IsCompleted) return;
        var loading = BuildJournal.LoadAsync(Id, contexts, writer, log, time);
        _work = loading;
        if (await loading is not { Row: { IsAdmitted: true, State: BuildStates.Queued or BuildStates.Running } } journal) return;
        DelayDeactivation(TimeSpan.FromDays(1));
        _work = WorkAsync(journal);
    }

    public async Task Cancel(string by)
    {
        var state = await writer.WriteAsync(context =>
        {
            if (context.Find<BuildRow>(Id) is not { } row || BuildStates.IsEnded(row.State) || row.CancelRequestedBy is not null) return null;
            row.CancelRequestedBy = by;
            log.Record(context, row.Event(EventTypes.BuildCancelRequested, $"{by} cancels the build", new { by }));
            if (row.State == BuildStates.Queued) log.End(context, row, BuildStates.Cancelled, time.GetUtcNow(), Cancelled(by));
            return row.State;
        });
        if (state is null) return;
        await _cancelled.CancelAsync();
        if (_work.IsCompleted) await Wake();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Why a cancelled build ended.</summary>
    internal static BuildFailure Cancelled(string? by) => new("cancelled", $"{by} cancelled it.");

    private async Task WorkAsync(BuildJournal journal)
    {
        var row = journal.Row;
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Build"] = row.Id, ["Project"] = row.Project });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancelled.Token, _stopping.Token);
        try
        {
            using var slot = await slots.TakeAsync(either.Token);
            await journal.TakeOverAsync();
            if (row.CancelRequestedBy is not null) await journal.EndAsync(BuildStates.Cancelled, Cancelled(row.CancelRequestedBy));
            else await run.RunAsync(journal, either.Token, _stopping.Token);
        }
        catch (BuildFencedException exception)
        {
            logger.LogInformation("Build {Build} is left alone: {Reason}", row.Id, exception.Message);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            logger.LogInformation("Build {Build} is interrupted, since this server stops; it is begun again", row.Id);
            return;
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            await EndAsync(journal, BuildStates.Cancelled, Cancelled((await FindAsync()).CancelRequestedBy));
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Build {Build} ended by an error of Wheelhouse itself", row.Id);
            await EndAsync(journal, BuildStates.Failed, new BuildFailure("internal_error", $"An error of Wheelhouse itself: {exception.Message}", "Look at the server's log and report it."));
        }

        var (state, _) = await FindAsync();
        if (state is null || BuildStates.IsEnded(state)) TryDelete(run.FolderOf(row.Id));
        await GrainFactory.GetGrain<IProjectGrain>(row.Project).StartNext();
        DelayDeactivation(TimeSpan.Zero);
    }

    /// <summary>Ends a build unless it has ended already, as one that waited for a place when it was cancelled.</summary>
    private async Task EndAsync(BuildJournal journal, string state, BuildFailure failure)
    {
        await TidyAsync(journal.Row);
        try
        {
            await journal.EndAsync(state, failure);
        }
        catch (BuildFencedException exception)
        {
            logger.LogDebug("Build {Build} needs no end: {Reason}", journal.Row.Id, exception.Message);
        }
    }

    /// <summary>
    /// Removes files that nobody is going to publish, before the end is written: on a full disk they may be what keeps it from being written. Files that
    /// are recorded and whole stay until then; without an end they are published when the build is begun again.
    /// </summary>
    private async Task TidyAsync(BuildRow row)
    {
        try
        {
            var known = (await BuildJournal.LoadAsync(Id, contexts, writer, log, time))?.Row;
            if (known?.Epoch == row.Epoch && !await BuildPublisher.HasFilesAsync(known, run.FolderOf(Id), CancellationToken.None)) BuildFolder.Delete(run.FolderOf(Id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The files of build {Build} could not be read or removed before its end", Id);
        }
    }

    /// <summary>What stays is removed at the next start.</summary>
    private void TryDelete(string folder)
    {
        try
        {
            BuildFolder.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The folder {Folder} of a build that has ended could not be removed", folder);
        }
    }

    private async Task<(string? State, string? CancelRequestedBy)> FindAsync()
    {
        await using var context = await contexts.CreateDbContextAsync();
        var found = await context.Set<BuildRow>().Where(row => row.Id == Id).Select(row => new { row.State, row.CancelRequestedBy }).SingleOrDefaultAsync();
        return (found?.State, found?.CancelRequestedBy);
    }
}
