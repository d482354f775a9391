using System.Globalization;
using System.Text.Json;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>A rollout as its events tell it: the same events give the same picture, however often the connection broke.</summary>
internal sealed class RolloutProgress
{
    private readonly Dictionary<string, NodeProgress> _nodes = [];
    private readonly List<string> _order = [];

    /// <param name="start">The rollout as it was when following began; only its lasting facts are used.</param>
    public RolloutProgress(RolloutView start)
    {
        Rollout = start;
        Learn(start);
    }

    /// <summary>Held while the picture changes; hold it to draw the picture from another thread.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The phases that it has entered, in order, and when.</summary>
    public List<(string Name, DateTimeOffset At)> Phases { get; } = [];

    /// <summary>The nodes, in the order of activation once that is known.</summary>
    public IEnumerable<NodeProgress> Nodes => _order.Select(name => _nodes[name]);

    /// <summary>The rollout; see <see cref="Learn"/>.</summary>
    public RolloutView Rollout { get; private set; }

    /// <summary>When it began; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How it ended, or null.</summary>
    public string? EndState { get; private set; }

    /// <summary>The number of the batch that is active, from 1; 0 before the first.</summary>
    public int Batch { get; private set; }

    /// <summary>How many batches there are; 0 while that is not known.</summary>
    public int Batches => Rollout.Plan?.Batches.Count ?? 0;

    /// <summary>What the rollout, not a node, said last.</summary>
    public string? Message { get; private set; }

    /// <summary>Takes the plan and the nodes' order from the server's record.</summary>
    public void Learn(RolloutView rollout)
    {
        using var held = Gate.EnterScope();
        Rollout = rollout;
        foreach (var node in rollout.Nodes)
        {
            Change(node.Name, known => known with { Batch = node.Batch, Version = known.Version ?? node.FromVersion });
        }
        var places = rollout.Nodes.Select((node, place) => (node.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        var sorted = _order.OrderBy(name => places.GetValueOrDefault(name, int.MaxValue)).ToList();
        _order.Clear();
        _order.AddRange(sorted);
    }

    /// <summary>Takes what happened.</summary>
    public void Apply(EventView happened)
    {
        using var held = Gate.EnterScope();
        if (happened.Node is { } node) ApplyToNode(node, happened);
        else Message = happened.Message;
        switch (happened.Type)
        {
            case EventTypes.RolloutStarted:
                StartedAt ??= happened.At;
                break;
            case EventTypes.RolloutPhase when Text(happened, "phase") is { } phase:
                Phases.Add((phase, happened.At));
                break;
            case EventTypes.RolloutBatch when Text(happened, "batch") is { } batch:
                Batch = int.Parse(batch, CultureInfo.InvariantCulture);
                break;
            case EventTypes.RolloutEnded:
                EndedAt = happened.At;
                EndState = Text(happened, "state");
                break;
        }
    }

    private void ApplyToNode(string name, EventView happened)
    {
        switch (happened.Type)
        {
            case EventTypes.NodeState when Text(happened, "state") is { } state:
                Change(name, known => Enter(known, state, happened));
                break;
            case EventTypes.NodeLog:
                break;
            default:
                Change(name, known => known with { Message = happened.Message });
                break;
        }
    }

    private static NodeProgress Enter(NodeProgress known, string state, EventView happened)
    {
        var busy = NodeStates.IsBusy(state);
        var since = busy && !NodeStates.IsBusy(known.State) ? happened.At : known.BusySince;
        return known with
        {
            State = state,
            Version = Text(happened, "version") ?? known.Version,
            Message = happened.Message,
            Error = Text(happened, "error") ?? known.Error,
            Fix = Text(happened, "fix") ?? known.Fix,
            BusySince = since,
            Took = busy ? null : happened.At - since ?? known.Took,
        };
    }

    private void Change(string name, Func<NodeProgress, NodeProgress> change)
    {
        if (_nodes.TryAdd(name, new NodeProgress(name))) _order.Add(name);
        _nodes[name] = change(_nodes[name]);
    }

    /// <summary>A member of an event's data as text; null when it is missing or null.</summary>
    internal static string? Text(EventView happened, string member) =>
        happened.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(member, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value.ToString()
            : null;
}
