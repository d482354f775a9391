using System.Globalization;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Following;

/// <summary>Writes a line for each thing worth knowing, as suits the log of a CI job. The steps are in <c>wheelhouse logs</c>.</summary>
internal sealed class PlainDisplay(Writer output) : IRolloutDisplay
{
    public void Show(RolloutProgress progress, EventView happened)
    {
        if (IsWorthALine(happened)) output.Line(EventLine.Of(happened, output.Times));
        if (happened.Type == EventTypes.NodeState && RolloutProgress.Text(happened, "fix") is { } fix)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{"",10}{happened.Node}  fix: {Printable.Of(fix)}"));
        }
    }

    public void Notice(string? text)
    {
        if (text is not null) output.Line($"{"",10}{text}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsWorthALine(EventView happened) => happened.Type switch
    {
        EventTypes.StepStarted or EventTypes.NodeLog => false,
        EventTypes.StepEnded => RolloutProgress.Text(happened, "outcome") is { } outcome and not "ok",
        _ => true,
    };
}
