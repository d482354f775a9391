using System.Text.Json;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Following;

/// <summary>An event as text.</summary>
internal static class EventLine
{
    /// <summary>One line: the time, the node if there is one, the message.</summary>
    public static string Of(EventView happened, Times times)
    {
        var node = happened.Node is null ? "" : $"{happened.Node}  ";
        return $"{times.Clock(happened.At)}  {node}{Printable.Short(happened.Message, int.MaxValue)}";
    }

    /// <summary>The lines that a command on a node printed; empty when the event has none.</summary>
    public static IEnumerable<string> Printed(EventView happened)
    {
        if (happened.Data is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty("lines", out var lines)) return [];
        return lines.ValueKind == JsonValueKind.Array ? lines.EnumerateArray().Select(line => Printable.Of(line.ToString())) : [];
    }
}
