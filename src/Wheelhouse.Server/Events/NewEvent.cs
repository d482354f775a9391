namespace Wheelhouse.Server.Events;

/// <summary>An event that is about to be recorded; see <see cref="Contracts.Events.EventView"/> for its members.</summary>
/// <param name="Type">One of <see cref="Contracts.Events.EventTypes"/>.</param>
/// <param name="Message">One line for a person. Must not contain a secret.</param>
public sealed record NewEvent(string Type, string Message)
{
    public string? Service { get; init; }

    public string? Environment { get; init; }

    public string? Rollout { get; init; }

    public string? Node { get; init; }

    public string? Build { get; init; }

    /// <summary>More, for programs: anything that serialises to a JSON object.</summary>
    public object? Data { get; init; }
}
