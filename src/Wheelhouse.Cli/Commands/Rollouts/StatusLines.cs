using Spectre.Console;
using Wheelhouse.Cli.Commands.Holds;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>What <c>wheelhouse status</c> says about one environment.</summary>
internal static class StatusLines
{
    /// <summary>What runs, since when, by whom, on how many nodes.</summary>
    public static Paragraph Now(EnvironmentView place, int width, Times times, Symbols symbols)
    {
        var good = place.Nodes.Count(node => node.State == NodeStates.Good);
        var (symbol, style) = place.Version is null ? symbols.Of(NodeStates.Pending)
            : good == place.Nodes.Count ? symbols.Of(NodeStates.Good)
            : symbols.Of(NodeStates.Unproven);
        var line = new Paragraph($"  {symbol} ", style).Append(place.Name.PadRight(width)).Append("  ");
        if (place.Version is null) return line.Append("nothing deployed yet", Symbols.Calm);
        line.Append(place.Version, new Style(decoration: Decoration.Bold));
        if (place.Since is { } since) line.Append($"  since {times.Moment(since)} ({times.Ago(since)})", Symbols.Calm);
        if (place.By is { } by) line.Append($" by {by}", Symbols.Calm);
        return line.Append($"  good on {Words.Of(good, place.Nodes.Count, "node")}", good == place.Nodes.Count ? Symbols.Good : Symbols.Warn);
    }

    /// <summary>What else to know.</summary>
    public static IEnumerable<(string Text, Style Style)> More(EnvironmentView place, Times times)
    {
        foreach (var hold in place.Holds) yield return (HoldLines.Of(hold, times), Symbols.Warn);
        if (place.ActiveRollout is { } active) yield return ($"rollout {active} is active: wheelhouse follow {active}", Symbols.Busy);
        if (place.RevertTo is { } back)
        {
            var all = place.RevertReady == place.Nodes.Count;
            yield return ($"back to {back}, ready on {Words.Of(place.RevertReady, place.Nodes.Count, "node")}", all ? Symbols.Calm : Symbols.Warn);
        }
    }
}
