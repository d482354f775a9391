using System.Text.Json;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Server.Notifications;

/// <summary>Reads the data of events, whose members depend on the type and on the version of the server that wrote them.</summary>
internal static class EventData
{
    /// <summary>A text of the data; null when there is none of the name.</summary>
    public static string? Text(this EventView view, string name) => Find(view, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number of the data; null when there is none of the name.</summary>
    public static double? Number(this EventView view, string name) => Find(view, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>Whether a flag of the data is set.</summary>
    public static bool Flag(this EventView view, string name) => Find(view, name) is { ValueKind: JsonValueKind.True };

    private static JsonElement? Find(EventView view, string name) =>
        view.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(name, out var value) ? value : null;
}
