using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>The picture of a running rollout: heading, phases, nodes by batch, failures with their fix.</summary>
/// <param name="profile">The terminal's size and abilities.</param>
/// <param name="time">The clock for elapsed times.</param>
internal sealed class LiveView(Profile profile, TimeProvider time)
{
    /// <summary>From this many nodes on, the quiet ones are only counted.</summary>
    public const int ManyNodes = 31;

    private const int LinesAround = 12;
    private static readonly string[] DeployPhases = ["discover", "lock", "plan", "stage", "activate", "finish"];
    private readonly Symbols _symbols = new(profile.Capabilities.Unicode);

    public IRenderable Draw(RolloutProgress progress, string? notice)
    {
        var nodes = progress.Nodes.ToList();
        var parts = new List<IRenderable> { Heading(progress), Text.Empty, Phases(progress) };
        if (nodes.Count > 0)
        {
            parts.Add(Text.Empty);
            var room = Math.Max(3, profile.Height - LinesAround);
            var few = nodes.Count < ManyNodes && nodes.Count + progress.Batches <= room;
            parts.Add(few ? EveryNode(progress, nodes) : CountedNodes(progress, nodes, room));
            if (FailureList.Draw(nodes, _symbols) is { } failures) parts.AddRange([Text.Empty, failures]);
        }
        else if (progress.Message is { } message)
        {
            parts.AddRange([Text.Empty, Indented(Printable.Short(message, profile.Width - 4), Symbols.Calm)]);
        }
        if (notice is not null) parts.AddRange([Text.Empty, Indented(Printable.Short(notice, profile.Width - 4), Symbols.Warn)]);
        return new Rows(parts);
    }

    private Paragraph Heading(RolloutProgress progress)
    {
        var rollout = progress.Rollout;
        var line = new Paragraph("  ");
        line.Append($"{rollout.Service} {_symbols.Arrow} {rollout.Environment}", new Style(decoration: Decoration.Bold));
        line.Append("   " + RolloutWords.Change(rollout, _symbols.Arrow));
        line.Append($"   by {rollout.By}", Symbols.Calm);
        if (progress.StartedAt is { } start) line.Append("   " + Times.Span((progress.EndedAt ?? time.GetUtcNow()) - start), Symbols.Calm);
        else if (rollout.State == RolloutStates.Queued) line.Append("   queued", Symbols.Warn);
        return line;
    }

    private Paragraph Phases(RolloutProgress progress)
    {
        var entered = progress.Phases.Select(phase => phase.Name).Distinct().ToList();
        var names = DeployPhases.Where(name => name != "finish").Union(entered.Where(name => name != "finish")).Append("finish").ToList();
        var reached = entered.Count == 0 ? -1 : names.IndexOf(entered[^1]);
        var line = new Paragraph("  ");
        for (var place = 0; place < names.Count; place++)
        {
            var (symbol, style) = place == reached && progress.EndState is null ? (_symbols.Dot, Symbols.Busy)
                : place <= reached ? (_symbols.Check, Symbols.Good)
                : (_symbols.Ring, Symbols.Calm);
            line.Append($"{symbol} ", style).Append($"{names[place]}   ", place <= reached ? Style.Plain : Symbols.Calm);
        }
        return line;
    }

    private Rows EveryNode(RolloutProgress progress, List<NodeProgress> nodes)
    {
        var parts = new List<IRenderable>();
        foreach (var batch in nodes.GroupBy(node => node.Batch).OrderBy(batch => batch.Key))
        {
            if (batch.Key > 0)
            {
                var title = string.Create(CultureInfo.InvariantCulture, $"batch {batch.Key} of {Math.Max(progress.Batches, batch.Key)}");
                parts.Add(Indented(title, batch.Key == progress.Batch ? Style.Plain : Symbols.Calm));
            }
            parts.Add(NodeTable(batch, nodes));
        }
        return new Rows(parts);
    }

    private Rows CountedNodes(RolloutProgress progress, List<NodeProgress> nodes, int room)
    {
        var counts = new Paragraph("  ");
        foreach (var state in NodeStates.All)
        {
            var count = nodes.Count(node => node.State == state);
            if (count == 0) continue;
            var (symbol, style) = _symbols.Of(state);
            counts.Append(string.Create(CultureInfo.InvariantCulture, $"{symbol} {count} {state}   "), style);
        }
        counts.Append(string.Create(CultureInfo.InvariantCulture, $"of {nodes.Count} nodes"), Symbols.Calm);
        if (progress.Batch > 0) counts.Append(string.Create(CultureInfo.InvariantCulture, $", batch {progress.Batch} of {progress.Batches}"), Symbols.Calm);
        var busy = nodes.Where(node => NodeStates.IsBusy(node.State)).OrderBy(node => node.BusySince).Take(Math.Min(12, room)).ToList();
        return new Rows(counts, NodeTable(busy, nodes));
    }

    private Grid NodeTable(IEnumerable<NodeProgress> shown, List<NodeProgress> all)
    {
        var nameWidth = Math.Clamp(all.Max(node => node.Name.Length), 4, 32);
        var versionWidth = Math.Clamp(all.Max(node => node.Version?.Length ?? 0), 5, 20);
        var messageWidth = Math.Max(10, profile.Width - nameWidth - versionWidth - 36);
        var grid = new Grid { Expand = false };
        foreach (var width in (int?[])[5, nameWidth, 10, versionWidth, messageWidth, null])
        {
            var gap = grid.Columns.Count == 0 ? 1 : 2;
            grid.AddColumn(new GridColumn { Width = width, NoWrap = true, Padding = new Padding(0, 0, gap, 0) });
        }
        foreach (var node in shown)
        {
            var (symbol, style) = _symbols.Of(node.State);
            var took = node.Took ?? (NodeStates.IsBusy(node.State) ? time.GetUtcNow() - node.BusySince : null);
            grid.AddRow(
                new Text("    " + symbol, style),
                new Text(Printable.Short(node.Name, nameWidth)),
                new Text(node.State, style),
                new Text(Printable.Short(node.Version ?? "", versionWidth)),
                new Text(Printable.Short(node.Message ?? "", messageWidth), Symbols.Calm),
                new Text(took is { } span ? Times.Span(span) : "", Symbols.Calm));
        }
        return grid;
    }

    private static Text Indented(string text, Style style) => new("  " + text, style);
}
