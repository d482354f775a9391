using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>
/// What a running build knows, in memory as in the database. Every write is conditional on the build's epoch: whoever lost the build to another gets a
/// <see cref="BuildFencedException"/> and changes nothing. Used by one grain only.
/// </summary>
internal sealed class BuildJournal(BuildRow row, DatabaseWriter writer, EventLog log, TimeProvider time)
{
    /// <summary>The build.</summary>
    public BuildRow Row { get; } = row;

    /// <summary>Reads a build; null when there is none.</summary>
    public static async Task<BuildJournal?> LoadAsync(
        string id, IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, EventLog log, TimeProvider time)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var row = await context.Set<BuildRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);
        return row is null ? null : new BuildJournal(row, writer, log, time);
    }

    /// <summary>Takes the build over for this server: whoever worked on it before can do nothing more.</summary>
    /// <exception cref="BuildFencedException">It has ended meanwhile.</exception>
    public async Task TakeOverAsync()
    {
        (Row.Epoch, Row.StartedAt, Row.CancelRequestedBy) = await writer.WriteAsync(context =>
        {
            var known = context.Find<BuildRow>(Row.Id);
            if (known is null || BuildStates.IsEnded(known.State)) throw new BuildFencedException($"Build {Row.Id} is {known?.State ?? "gone"}.");
            known.Epoch++;
            known.State = BuildStates.Running;
            known.StartedAt ??= time.GetUtcNow();
            known.Steps = null;
            log.Record(context, known.Event(
                EventTypes.BuildStarted, known.Epoch == 1 ? "The build begins" : "The build is begun again, since its server was stopped",
                new { known.Epoch, known.Project, known.Ref, known.Commit, known.By, known.Trigger }));
            return (known.Epoch, known.StartedAt, known.CancelRequestedBy);
        });
        (Row.State, Row.Steps) = (BuildStates.Running, null);
    }

    /// <summary>Writes what was changed in <see cref="Row"/>, with an event.</summary>
    public Task SaveAsync(NewEvent? @event = null) => WriteAsync(context =>
    {
        context.Update(Row);
        if (@event is not null) log.Record(context, @event);
    });

    /// <summary>Records an event.</summary>
    public Task RecordAsync(NewEvent @event) => WriteAsync(context => log.Record(context, @event));

    /// <summary>Begins a step; the one before it has ended.</summary>
    public Task BeginStepAsync(string step)
    {
        EndStep();
        Row.Steps = BuildRowExtensions.Write<IReadOnlyList<BuildStepView>>([.. Row.StepViews(), new BuildStepView(step, time.GetUtcNow(), EndedAt: null)]);
        return SaveAsync(Row.Event(EventTypes.BuildStep, $"{step} begins", new { step }));
    }

    /// <summary>Ends the build.</summary>
    public Task EndAsync(string state, BuildFailure? failure = null)
    {
        EndStep();
        return WriteAsync(context =>
        {
            context.Update(Row);
            log.End(context, Row, state, time.GetUtcNow(), failure);
        });
    }

    private void EndStep()
    {
        if (Row.StepViews() is not [.., { EndedAt: null } open] steps) return;
        Row.Steps = BuildRowExtensions.Write<IReadOnlyList<BuildStepView>>([.. steps.Take(steps.Count - 1), open with { EndedAt = time.GetUtcNow() }]);
    }

    /// <summary>Applies a change if this server may still act, and waits until it is durable. Who asked for the end meanwhile is kept.</summary>
    private Task WriteAsync(Action<WheelhouseContext> change) => writer.WriteAsync(context =>
    {
        var known = context.Set<BuildRow>().AsNoTracking().Where(row => row.Id == Row.Id).Select(row => new { row.Epoch, row.State, row.CancelRequestedBy }).SingleOrDefault();
        if (known?.Epoch != Row.Epoch || known.State != BuildStates.Running)
            throw new BuildFencedException($"Build {Row.Id} works under epoch {Row.Epoch}, but the journal is at {known?.Epoch}, {known?.State}.");
        Row.CancelRequestedBy = known.CancelRequestedBy;
        change(context);
    });
}
