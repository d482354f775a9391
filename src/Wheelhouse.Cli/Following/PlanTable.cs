using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Holds;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>Shows a plan: what the push would do, node by node and package by package.</summary>
internal static class PlanTable
{
    public static void Write(RolloutView rollout, Writer output, Symbols symbols)
    {
        var console = output.Console;
        if (rollout.Plan is not { } plan) return;
        console.WriteLine();
        console.Write(new Text($"{rollout.Service} {symbols.Arrow} {rollout.Environment}   {RolloutWords.Change(rollout, symbols.Arrow)}", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        output.Line($"  {Words.Count(plan.Nodes.Count, "node")} in {BatchCount(plan)}; stops when {Words.Count(plan.FailureBudget + 1, "node")} failed");
        console.WriteLine();
        console.Write(Nodes(plan, symbols));
        console.WriteLine();
        WriteChanges(plan, console, symbols);
        console.WriteLine();
        foreach (var hold in plan.Holds) console.Write(new Text($"  {HoldPlace.Describe(hold.Service, hold.Environment)}: {HoldLines.Of(hold, output.Times)}\n", Symbols.Warn));
        output.Line("  Nothing was changed. To do it:");
        output.Line($"  wheelhouse {Command(rollout)}{(plan.Holds.Count > 0 ? " --override-hold \"REASON\"" : "")}");
    }

    private static string BatchCount(PlanView plan) =>
        string.Create(CultureInfo.InvariantCulture, $"{plan.Batches.Count} batch{(plan.Batches.Count == 1 ? "" : "es")}");

    private static string Command(RolloutView rollout) => rollout.Kind switch
    {
        RolloutKinds.Revert => $"revert {rollout.Service} {rollout.Environment} --to {rollout.Version}",
        RolloutKinds.Converge => $"converge {rollout.Service} {rollout.Environment}",
        _ => $"deploy {rollout.Service} {rollout.Environment} {rollout.Version}",
    };

    private static Grid Nodes(PlanView plan, Symbols symbols)
    {
        var batches = plan.Batches.SelectMany((names, number) => names.Select(name => (name, number: number + 1)))
            .ToDictionary(pair => pair.name, pair => pair.number);
        var table = Tables.New("Batch", "Node", "Runs", "Will run", "");
        foreach (var node in plan.Nodes.OrderBy(node => batches.GetValueOrDefault(node.Name, int.MaxValue)))
        {
            var (remark, style) = node switch
            {
                { Problem: { } problem } => ($"{symbols.Cross} {Printable.Of(problem)}", Symbols.Bad),
                _ when node.FromRelease == node.Release => ("nothing to do", Symbols.Calm),
                { Ready: true } => ("ready on its disk", Symbols.Good),
                _ => ("to be installed", Style.Plain),
            };
            table.AddRow(
                new Text(batches.TryGetValue(node.Name, out var batch) ? batch.ToString(CultureInfo.InvariantCulture) : "-"),
                new Text(node.Name), new Text(node.FromRelease ?? "nothing"), new Text(node.Release ?? "-"), new Text(remark, style));
        }
        return table;
    }

    private static void WriteChanges(PlanView plan, IAnsiConsole console, Symbols symbols)
    {
        if (plan.Changes.Count == 0)
        {
            console.WriteLine("  No package changes.");
            return;
        }
        var grid = new Grid { Expand = false };
        for (var column = 0; column < 3; column++) grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (var change in plan.Changes.OrderBy(change => change.Package, StringComparer.Ordinal))
        {
            var (sign, style, text) = change switch
            {
                { From: null } => ("+", Symbols.Good, $"{change.To}"),
                { To: null } => ("-", Symbols.Bad, $"{change.From} is removed"),
                _ => ("~", Symbols.Warn, $"{change.From} {symbols.Arrow} {change.To}"),
            };
            grid.AddRow(new Text($"  {sign}", style), new Text(change.Package), new Text(text));
        }
        console.Write(grid);
    }
}
