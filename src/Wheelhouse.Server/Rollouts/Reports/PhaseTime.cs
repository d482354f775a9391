using System.Text.Json;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>A stretch of a rollout.</summary>
/// <param name="Name">The phase, <see cref="Queue"/> or <see cref="Paused"/>.</param>
/// <param name="StartedAt">Its beginning.</param>
/// <param name="EndedAt">Its end: the beginning of the next one, or the rollout's end.</param>
internal sealed record PhaseTime(string Name, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>While it waited for its turn.</summary>
    public const string Queue = "queue";

    /// <summary>While it waited for a person.</summary>
    public const string Paused = "paused";

    /// <summary>The events that begin a stretch.</summary>
    public static readonly string[] EventTypes = [Contracts.Events.EventTypes.RolloutPhase, Contracts.Events.EventTypes.RolloutPaused];

    public TimeSpan Duration => EndedAt - StartedAt;

    /// <summary>The stretches of a rollout that ended, in order. A phase that was paused, or gone back to, has several.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="events">Its events of <see cref="EventTypes"/>, in order.</param>
    public static IReadOnlyList<PhaseTime> Of(RolloutRow rollout, IReadOnlyList<EventRow> events)
    {
        var end = rollout.EndedAt!.Value;
        List<PhaseTime> times = [new(Queue, rollout.CreatedAt, rollout.StartedAt ?? end)];
        foreach (var (index, happened) in events.Index())
        {
            if (NameOf(happened) is { } name) times.Add(new(name, happened.At, index + 1 < events.Count ? events[index + 1].At : end));
        }

        return times;
    }

    private static string? NameOf(EventRow happened)
    {
        if (happened.Type == Contracts.Events.EventTypes.RolloutPaused) return Paused;
        using var data = happened.Data is null ? null : JsonDocument.Parse(happened.Data);
        return data?.RootElement.TryGetProperty("phase", out var phase) == true ? phase.GetString() : null;
    }
}
