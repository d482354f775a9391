using System.Text.Json;

namespace Wheelhouse.Contracts.Events;

/// <summary>One row of the durable, append-only event log.</summary>
/// <param name="Id">Its place in the log: every later event has a higher one. The <c>Last-Event-ID</c> of the stream.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">What happened; see <see cref="EventTypes"/>.</param>
/// <param name="Service">The service it concerns, or null.</param>
/// <param name="Environment">The environment it concerns, or null.</param>
/// <param name="Rollout">The rollout it belongs to, or null.</param>
/// <param name="Node">The node it concerns, or null.</param>
/// <param name="Message">One line for a person. Never contains a secret.</param>
/// <param name="Data">More, for programs; its members depend on the type.</param>
public sealed record EventView(
    long Id,
    DateTimeOffset At,
    string Type,
    string? Service,
    string? Environment,
    string? Rollout,
    string? Node,
    string Message,
    JsonElement? Data)
{
    /// <summary>The build it belongs to, or null.</summary>
    public string? Build { get; init; }
}
