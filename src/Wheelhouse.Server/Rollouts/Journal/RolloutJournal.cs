using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>
/// What a running rollout knows, in memory as in the database. Everything is written before it is acted upon, together with its event, and every write
/// is conditional on the rollout's epoch: a server that lost its rollout to another gets a <see cref="FencedException"/> and changes nothing.
/// Used by one grain only; the rows it hands out are changed through its methods.
/// </summary>
internal sealed class RolloutJournal
{
    private readonly DatabaseWriter _writer;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, StepRow> _steps;
    private List<Action<WheelhouseContext>> _noted = [];

    private RolloutJournal(
        RolloutRow row, List<RolloutNodeRow> nodes, Dictionary<string, StepRow> steps, DatabaseWriter writer, EventLog log, TimeProvider time)
    {
        Row = row;
        Nodes = nodes;
        _steps = steps;
        _writer = writer;
        Log = log;
        _time = time;
    }

    /// <summary>Records events within a change.</summary>
    public EventLog Log { get; }

    /// <summary>The rollout.</summary>
    public RolloutRow Row { get; }

    /// <summary>Its nodes in the order of activation; empty before discovery.</summary>
    public IReadOnlyList<RolloutNodeRow> Nodes { get; private set; }

    /// <summary>The steps that were begun and not ended, by the server that was killed.</summary>
    public IEnumerable<StepRow> OpenSteps => _steps.Values.Where(step => step.EndedAt is null);

    /// <summary>Reads a rollout.</summary>
    public static async Task<RolloutJournal> LoadAsync(
        string id, IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, EventLog log, TimeProvider time)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var row = await context.Set<RolloutRow>().AsNoTracking().SingleAsync(row => row.Id == id);
        var nodes = await context.Set<RolloutNodeRow>().AsNoTracking()
            .Where(node => node.Rollout == id).OrderBy(node => node.Ordinal).ToListAsync();
        var steps = await context.Set<StepRow>().AsNoTracking().Where(step => step.Rollout == id).ToDictionaryAsync(step => step.Key);
        return new RolloutJournal(row, nodes, steps, writer, log, time);
    }

    /// <summary>Takes the rollout over for this server: raises the epoch, so that whoever worked on it before can do nothing more.</summary>
    public Task TakeOverAsync() => _writer.WriteAsync(context =>
    {
        var resumed = Row.StartedAt is not null;
        if (!Row.PlanOnly)
        {
            var environment = context.Set<EnvironmentRow>().Find(Row.Service, Row.Environment);
            if (environment?.ActiveRollout != Row.Id) throw new FencedException($"Rollout {Row.Id} is not the active one.");
            environment.Epoch++;
            Row.Epoch = environment.Epoch;
        }

        Row.State = RolloutStates.Running;
        Row.StartedAt ??= _time.GetUtcNow();
        context.Update(Row);
        Log.Record(context, Event(
            resumed ? EventTypes.RolloutResumed : EventTypes.RolloutStarted,
            resumed ? "The rollout goes on where it was cut off" : "The rollout begins",
            new { Row.Epoch, Row.Kind, Row.Version, from = Row.FromVersion, Row.By, Row.Reason, Row.PlanOnly }));
    });

    /// <summary>Freezes the list of nodes.</summary>
    public async Task FreezeNodesAsync(List<RolloutNodeRow> nodes)
    {
        await WriteAsync(context => context.AddRange(nodes));
        Nodes = nodes;
    }

    /// <summary>Enters a phase; does nothing when a resumed rollout is in it already.</summary>
    public async Task EnterPhaseAsync(string phase, string message)
    {
        if (Row.Phase == phase) return;
        Row.Phase = phase;
        await WriteAsync(context =>
        {
            context.Update(Row);
            Log.Record(context, Event(EventTypes.RolloutPhase, message, new { phase }));
        });
    }

    /// <summary>Writes what was changed in <see cref="Row"/>, with an event.</summary>
    public Task SaveAsync(NewEvent? @event = null, Action<WheelhouseContext>? also = null) => WriteAsync(context =>
    {
        context.Update(Row);
        also?.Invoke(context);
        if (@event is not null) Log.Record(context, @event);
    });

    /// <summary>Writes what was changed in some nodes, without an event.</summary>
    public Task SaveNodesAsync(IEnumerable<RolloutNodeRow> nodes) => WriteAsync(context => context.UpdateRange(nodes));

    /// <summary>The step as it ended; null when it is to be done.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="inAnyAttempt">Whether one that ended well in an earlier attempt counts: what was changed need not be changed again, what was seen must be looked at again.</param>
    public StepRow? FindEnded(string key, bool inAnyAttempt) =>
        _steps.TryGetValue(key, out var step) && step.EndedAt is not null && (step.Attempt == Row.Attempt || (inAnyAttempt && step.Outcome == StepRow.Ok)) ? step : null;

    /// <summary>Whether the rollout ever began something on a node that users may notice.</summary>
    public bool WasTouched(RolloutNodeRow node) => _steps.Keys.Any(key =>
        key.StartsWith($"activate/{node.Name}/", StringComparison.Ordinal) || key == $"drain/{node.Name}");

    /// <summary>
    /// When the rollout first began something on a node that users may notice; null when it never did. Of a step that was tried again, only the log
    /// has the first try. The step is the first member of the data, so its text begins with it.
    /// </summary>
    public DateTimeOffset? FindFirstTouch(WheelhouseContext context) => context.Set<EventRow>()
        .Where(happened => happened.Rollout == Row.Id && happened.Type == EventTypes.StepStarted
            && (happened.Data!.StartsWith("{\"step\":\"activate/") || happened.Data.StartsWith("{\"step\":\"drain/")))
        .OrderBy(happened => happened.Id).Select(happened => (DateTimeOffset?)happened.At).FirstOrDefault();

    /// <summary>Writes that a step is about to start. An open one of the same attempt is taken up as it is: the node knows it by its id.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="operation">The operation of the node protocol.</param>
    /// <param name="written">Ends when it is durable, as <see cref="WriteAsync"/>.</param>
    public StepRow BeginStep(string key, string node, string operation, out Task written)
    {
        var known = _steps.TryGetValue(key, out var open);
        var step = known && open!.EndedAt is null && open.Attempt == Row.Attempt
            ? open
            : new StepRow { Rollout = Row.Id, Key = key, Node = node, Operation = operation, Attempt = Row.Attempt, StartedAt = _time.GetUtcNow() };
        step.Epoch = Row.Epoch;
        written = WriteAsync(context =>
        {
            if (known) context.Update(step);
            else context.Add(step);
            Log.Record(context, Event(EventTypes.StepStarted, $"{key} begins", new { step = key, step.Attempt, step.Epoch }) with { Node = node });
        });
        return _steps[key] = step;
    }

    /// <summary>
    /// Notes how a step ended; see <see cref="Note(Action{WheelhouseContext})"/>. A server that is killed before the next write finds the step
    /// open and asks the node again, which answers what it did.
    /// </summary>
    public void NoteEndOfStep(StepRow step, string? result, NodeFault? fault)
    {
        step.EndedAt = _time.GetUtcNow();
        step.Outcome = fault?.Code ?? StepRow.Ok;
        step.Result = result;
        step.Error = fault?.Message;
        step.Fix = fault?.Fix;
        var seconds = Math.Round((step.EndedAt.Value - step.StartedAt).TotalSeconds, 3);
        var ended = Event(
            EventTypes.StepEnded,
            fault is null ? $"{step.Key} done in {seconds} s" : $"{step.Key} failed: {fault.Message}",
            new { step = step.Key, step.Attempt, step.Outcome, seconds, error = fault?.Message, fault?.Fix }) with
        { Node = step.Node };
        Note(context =>
        {
            context.Update(step);
            Log.Record(context, ended);
        });
    }

    /// <summary>Writes a node's new state, in the rollout and in what is known of the environment.</summary>
    public Task SetNodeAsync(RolloutNodeRow node, string state, string message, NodeFault? fault = null)
    {
        NoteNode(node, state, message, fault);
        return FlushAsync();
    }

    /// <summary>Notes a node's new state; see <see cref="Note(Action{WheelhouseContext})"/>.</summary>
    public void NoteNode(RolloutNodeRow node, string state, string message, NodeFault? fault = null)
    {
        node.State = state;
        if (fault is not null) (node.Error, node.Fix) = (fault.Message, fault.Fix);
        var changed = Event(
            EventTypes.NodeState,
            message,
            new { state, node.Batch, node.FromVersion, node.Version, node.Error, node.Fix, evidence = node.EvidenceLines() }) with
        { Node = node.Name };
        Note(context =>
        {
            context.Update(node);
            Log.Record(context, changed);
        });
    }

    /// <summary>Notes an event; see <see cref="Note(Action{WheelhouseContext})"/>.</summary>
    public void Note(NewEvent @event) => Note(context => Log.Record(context, @event));

    /// <summary>
    /// Has a change written with the next write, in the same transaction and before it. For what a write follows at once: waiting for
    /// the disk each time would be most of what a rolling restart takes.
    /// </summary>
    private void Note(Action<WheelhouseContext> change) => _noted.Add(change);

    /// <summary>Writes what was noted.</summary>
    public Task FlushAsync() => _noted.Count == 0 ? Task.CompletedTask : WriteAsync(_ => { });

    /// <summary>Applies a change, after what was noted, if this server may still act, and waits until it is durable.</summary>
    /// <exception cref="FencedException">Another server took over, or the rollout is no longer the active one.</exception>
    public Task WriteAsync(Action<WheelhouseContext> change)
    {
        var noted = _noted;
        _noted = [];
        return _writer.WriteAsync(context =>
        {
            if (!Row.PlanOnly)
            {
                var environment = context.Set<EnvironmentRow>().Find(Row.Service, Row.Environment);
                if (environment?.ActiveRollout != Row.Id || environment.Epoch != Row.Epoch)
                    throw new FencedException($"Rollout {Row.Id} works under epoch {Row.Epoch}, but the journal is at {environment?.Epoch}.");
            }

            noted.ForEach(note => note(context));
            change(context);
        });
    }

    /// <summary>An event of this rollout.</summary>
    public NewEvent Event(string type, string message, object? data = null) => new(type, message)
    {
        Service = Row.Service,
        Environment = Row.Environment,
        Rollout = Row.Id,
        Data = data,
    };
}
