using Spectre.Console;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>What is told when a rollout ended or paused: what runs where, how that is known, what was not changed, what to do next.</summary>
internal static class RolloutSummary
{
    private const int MostNodes = 30;

    public static void Write(RolloutView rollout, Writer output)
    {
        var console = output.Console;
        var symbols = new Symbols(console.Profile.Capabilities.Unicode);
        if (rollout.State == RolloutStates.Planned)
        {
            PlanTable.Write(rollout, output, symbols);
            return;
        }
        console.WriteLine();
        console.Write(Headline(rollout, symbols));
        console.WriteLine();
        WriteTrouble(rollout, console, symbols);
        WriteNodes(rollout, console, symbols);
        WriteUntouched(rollout, console);
        WriteEvidence(rollout, console);
        console.WriteLine();
        foreach (var (label, command) in NextSteps.Of(rollout)) output.Line($"  {label,-11} {command}");
    }

    private static Paragraph Headline(RolloutView rollout, Symbols symbols)
    {
        var (symbol, style) = rollout.State switch
        {
            RolloutStates.Succeeded => (symbols.Check, Symbols.Good),
            RolloutStates.Reverted => (symbols.Back, Symbols.Warn),
            RolloutStates.Paused or RolloutStates.Cancelled => (symbols.Dot, Symbols.Warn),
            _ => (symbols.Cross, Symbols.Bad),
        };
        var took = rollout.EndedAt - rollout.StartedAt is { } span ? $" ({Times.Span(span)})" : "";
        return new Paragraph(symbol + " ", style).Append(Sentence(rollout), new Style(decoration: Decoration.Bold)).Append(took, Symbols.Calm);
    }

    private static string Sentence(RolloutView rollout)
    {
        var service = rollout.Service;
        var place = rollout.Environment;
        var now = Running(rollout);
        return rollout.State switch
        {
            RolloutStates.Succeeded => $"{service} {rollout.Version} runs in {place} on {Words.Of(OnRelease(rollout), rollout.Nodes.Count, "node")}",
            RolloutStates.Reverted => $"{service} {rollout.Version} failed in {place} and was reverted{now}",
            RolloutStates.Paused => $"{service} {rollout.Version} is paused in {place} and waits for you{now}",
            RolloutStates.Cancelled => $"{rollout.Kind} of {service} in {place} was cancelled{now}",
            _ => $"{rollout.Kind} of {service} {rollout.Version} in {place} failed{now}".Replace("  ", " ", StringComparison.Ordinal),
        };
    }

    /// <summary>Which versions run on how many nodes; empty when nothing is known.</summary>
    private static string Running(RolloutView rollout)
    {
        var versions = rollout.Nodes.Where(node => node.Version is not null).GroupBy(node => node.Version!)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Key} on {Words.Of(group.Count(), rollout.Nodes.Count, "node")}")
            .ToList();
        return versions.Count == 0 ? "" : $"; now runs {string.Join(", ", versions)}";
    }

    private static void WriteTrouble(RolloutView rollout, IAnsiConsole console, Symbols symbols)
    {
        var failures = FailureList.Of(rollout.Nodes);
        if (rollout.Error is { } error && failures.TrueForAll(failure => !error.Contains(failure.Error, StringComparison.Ordinal)))
        {
            failures.Insert(0, new Failure(error, rollout.Fix, [rollout.Environment]));
        }
        if (failures.Count == 0) return;
        console.WriteLine();
        console.Write(FailureList.Draw(failures, symbols));
    }

    private static void WriteNodes(RolloutView rollout, IAnsiConsole console, Symbols symbols)
    {
        var touched = rollout.Nodes.Where(node => !IsUntouched(node)).ToList();
        if (touched.Count == 0) return;
        console.WriteLine();
        var grid = new Grid { Expand = false };
        for (var column = 0; column < 3; column++) grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 2, 0), NoWrap = true });
        foreach (var node in touched.Take(MostNodes))
        {
            var (symbol, style) = symbols.Of(node.State);
            grid.AddRow(
                new Text($"  {symbol} {node.Name}", style), new Text(node.State, style), new Text(node.Version ?? "?"));
        }
        console.Write(grid);
        if (touched.Count > MostNodes) console.WriteLine($"  and {Words.Count(touched.Count - MostNodes, "more node")}: wheelhouse status {rollout.Service} {rollout.Environment}");
    }

    /// <summary>How it is known what runs, from one node: the others' evidence has the same shape and stands in the rollout's JSON.</summary>
    private static void WriteEvidence(RolloutView rollout, IAnsiConsole console)
    {
        if (rollout.Nodes.FirstOrDefault(node => NodeStates.IsOnRelease(node.State) && node.Evidence.Count > 0) is not { } node) return;
        console.WriteLine();
        console.WriteLine($"  How that is known, on {node.Name}:", Symbols.Calm);
        foreach (var line in node.Evidence.Distinct(StringComparer.Ordinal)) console.WriteLine($"    {Printable.Of(line)}", Symbols.Calm);
    }

    private static void WriteUntouched(RolloutView rollout, IAnsiConsole console)
    {
        foreach (var group in rollout.Nodes.Where(IsUntouched).GroupBy(node => node.Version ?? node.FromVersion))
        {
            var what = group.Key is null ? "still nothing" : $"still {group.Key}";
            console.WriteLine();
            console.Write(new Text($"  Not changed: {Words.Names([.. group.Select(node => node.Name)])} ({what})", Style.Plain));
            console.WriteLine();
        }
    }

    private static bool IsUntouched(RolloutNodeView node) => node.State is NodeStates.Pending or NodeStates.Staging or NodeStates.Staged or NodeStates.Unchanged;

    private static int OnRelease(RolloutView rollout) => rollout.Nodes.Count(node => NodeStates.IsOnRelease(node.State));
}
