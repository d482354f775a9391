using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Phases;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <inheritdoc cref="IRolloutGrain"/>
[Reentrant]
internal sealed class RolloutGrain(
    RolloutRun run,
    FinishPhase finish,
    NodeFinder finder,
    ServiceCatalog services,
    IDbContextFactory<WheelhouseContext> contexts,
    DatabaseWriter writer,
    EventLog log,
    EndedRollouts ended,
    TimeProvider time,
    ILogger<RolloutGrain> logger) : Grain, IRolloutGrain, IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _stopping = new();
    private RolloutJournal? _journal;
    private Task _work = Task.CompletedTask;

    public async Task Wake()
    {
        if (!_work.IsCompleted) return;
        var loading = LoadAsync();
        _work = loading;
        await loading;
        if (_journal!.Row.State is not (RolloutStates.Queued or RolloutStates.Running)) return;
        if (_journal.Row.CancelRequestedBy is not null) await _cancelled.CancelAsync();
        DelayDeactivation(TimeSpan.FromDays(1));
        _work = WorkAsync(_journal);
    }

    public async Task Cancel(string by)
    {
        if (await CancelQueuedAsync(by)) return;
        if (_journal is null) await LoadAsync();
        var row = _journal!.Row;
        if (RolloutStates.IsEnded(row.State) || row.CancelRequestedBy is not null) return;
        var isPaused = row.State == RolloutStates.Paused;
        row.CancelRequestedBy = by;
        await _journal.SaveAsync(_journal.Event(EventTypes.RolloutCancelRequested, $"{by} cancels the rollout", new { by }));
        if (isPaused)
        {
            await finish.EndAsync(_journal, RolloutStates.Cancelled, $"Cancelled by {by} while it was paused", row.Error);
            await StartNextAsync(row);
            return;
        }

        await _cancelled.CancelAsync();
        if (_work.IsCompleted) await Wake();
    }

    public Task Resume(string by) => GoOnAsync(by, "resumes", row =>
    {
        row.Attempt++;
        row.Error = null;
        foreach (var node in _journal!.Nodes.Where(node => node.State == NodeStates.Failed))
            (node.State, node.Error, node.Fix) = (node.Release is null ? NodeStates.Pending : NodeStates.Staged, null, null);
    });

    public Task Revert(string by) => GoOnAsync(by, "takes back", row => row.RevertRequested = true);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _stopping.Dispose();
    }

    private async Task GoOnAsync(string by, string what, Action<RolloutRow> decide)
    {
        if (_journal is null) await LoadAsync();
        var row = _journal!.Row;
        if (row.State != RolloutStates.Paused) return;
        decide(row);
        row.State = RolloutStates.Running;
        await _journal.SaveAsync(
            _journal.Event(EventTypes.RolloutPhase, $"{by} {what} the rollout", new { row.Phase, by }), context => context.UpdateRange(_journal.Nodes));
        await Wake();
    }

    private async Task LoadAsync() => _journal = await RolloutJournal.LoadAsync(this.GetPrimaryKeyString(), contexts, writer, log, time);

    private async Task WorkAsync(RolloutJournal journal)
    {
        var row = journal.Row;
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Rollout"] = row.Id,
            ["Service"] = row.Service,
            ["Environment"] = row.Environment,
            ["TraceId"] = RolloutId.ToTraceId(row.Id),
        });
        try
        {
            var service = (await services.FindAsync(row.Service, row.Revision, _stopping.Token))?.Document
                ?? throw new InvalidOperationException($"Revision {row.Revision} of {row.Service} is gone.");
            var environment = service.Find(row.Environment)
                ?? throw new InvalidOperationException($"Revision {row.Revision} of {row.Service} has no environment {row.Environment}.");
            await journal.TakeOverAsync();
            var home = new NodeHome(row.Service, row.Environment, environment.Root, environment.User);
            var steps = new StepRunner(journal, GrainFactory, home, environment.Policy, time, _cancelled.Token, _stopping.Token);
            var departures = new Departures(finder, environment.Nodes, new InventoryContext(row.Service, row.Environment), time);
            await run.RunAsync(new RolloutContext(journal, service, environment, steps, departures, _cancelled.Token));
        }
        catch (FencedException exception)
        {
            logger.LogInformation("Rollout {Rollout} is left alone: {Reason}", row.Id, exception.Message);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            logger.LogInformation("Rollout {Rollout} is interrupted, since this server stops; it goes on from the journal", row.Id);
            return;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Rollout {Rollout} ended by an error of Wheelhouse itself", row.Id);
            await finish.EndAsync(
                journal, RolloutStates.Failed, $"An error of Wheelhouse itself ended the rollout: {exception.Message}",
                $"An error of Wheelhouse itself: {exception.Message}", "Look at the server's log and report it.");
        }

        await StartNextAsync(row);
        DelayDeactivation(TimeSpan.Zero);
    }

    private Task StartNextAsync(RolloutRow row) => GrainFactory.GetGrain<IServiceGrain>($"{row.Service}/{row.Environment}").StartNext();

    /// <summary>Ends the rollout at once when it is still waiting for its turn.</summary>
    private async Task<bool> CancelQueuedAsync(string by)
    {
        var cancelled = await writer.WriteAsync(context =>
        {
            var row = context.Set<RolloutRow>().Find(this.GetPrimaryKeyString());
            if (row is not { State: RolloutStates.Queued, PlanOnly: false } || context.Set<EnvironmentRow>().Any(other => other.ActiveRollout == row.Id)) return false;
            row.CancelRequestedBy = by;
            log.EndUnbegun(context, row, RolloutStates.Cancelled, time.GetUtcNow(), $"Cancelled by {by} before it began.");
            return true;
        });
        if (cancelled) ended.Tell(this.GetPrimaryKeyString());
        return cancelled;
    }
}
