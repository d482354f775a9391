using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Following;

/// <summary>Writes each event as one line of JSON.</summary>
internal sealed class JsonDisplay(Writer output) : IRolloutDisplay
{
    public void Show(RolloutProgress progress, EventView happened) => output.WriteJsonLine(happened);

    public void Notice(string? text)
    {
        if (text is not null) output.Remark(text);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
