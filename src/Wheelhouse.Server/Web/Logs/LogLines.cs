using System.Text.Json;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>Makes lines of the events of one rollout or build. They are given in order, since what a build prints is of the step that began last.</summary>
internal sealed class LogLines
{
    private string? _step;

    /// <summary>The lines of the next event.</summary>
    public IEnumerable<LogLine> Of(EventView view)
    {
        // The beginnings and ends of a rollout's steps are for programs: what they mean for a person, the nodes' states say.
        if (view.Type is EventTypes.StepStarted or EventTypes.StepEnded) return [];
        _step = view.Type switch
        {
            EventTypes.BuildStep => Find(view, "step")?.GetString(),
            EventTypes.BuildStarted or EventTypes.BuildEnded => null,
            _ => _step,
        };
        var part = view.Node ?? _step;
        if (view.Type is not (EventTypes.NodeLog or EventTypes.BuildLog) || Find(view, "lines") is not { } lines) return [new LogLine(view.Id, null, view.At, part, view.Message)];
        return lines.EnumerateArray().Select((line, i) => new LogLine(view.Id, i, view.At, part, line.GetString() ?? ""));
    }

    private static JsonElement? Find(EventView view, string name) => view.Data is { } data && data.TryGetProperty(name, out var found) ? found : null;
}
