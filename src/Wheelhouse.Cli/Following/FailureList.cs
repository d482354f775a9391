using Spectre.Console;
using Spectre.Console.Rendering;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>What went wrong on several nodes.</summary>
/// <param name="Error">What it was.</param>
/// <param name="Fix">What to do about it, or null.</param>
/// <param name="Nodes">Where.</param>
internal sealed record Failure(string Error, string? Fix, IReadOnlyList<string> Nodes);

/// <summary>Failures, the same ones of several nodes told once.</summary>
internal static class FailureList
{
    private const int Most = 5;

    /// <summary>The failures of a rollout that ended, the commonest first.</summary>
    public static List<Failure> Of(IEnumerable<RolloutNodeView> nodes) =>
        Group(nodes.Select(node => (node.Name, node.Error, node.Fix)));

    /// <summary>The failures so far; null when there are none.</summary>
    public static IRenderable? Draw(IEnumerable<NodeProgress> nodes, Symbols symbols)
    {
        var failures = Group(nodes.Select(node => (node.Name, node.Error, node.Fix)));
        return failures.Count == 0 ? null : Draw(failures, symbols);
    }

    /// <summary>Each failure with its nodes and its fix.</summary>
    public static IRenderable Draw(IReadOnlyList<Failure> failures, Symbols symbols)
    {
        var rows = new List<IRenderable>();
        foreach (var failure in failures.Take(Most))
        {
            rows.Add(Tables.Indented(symbols.Cross + " ", Printable.Of(failure.Error), Symbols.Bad));
            rows.Add(Tables.Indented("  on ", Words.Names(failure.Nodes), Style.Plain));
            if (failure.Fix is not null) rows.Add(Tables.Indented("  fix: ", Printable.Of(failure.Fix), Style.Plain));
        }
        if (failures.Count > Most) rows.Add(Tables.Indented("", $"and {Words.Count(failures.Count - Most, "other failure")}", Symbols.Calm));
        return new Rows(rows);
    }

    private static List<Failure> Group(IEnumerable<(string Name, string? Error, string? Fix)> nodes) =>
        [.. nodes.Where(node => node.Error is not null)
            .GroupBy(node => (node.Error, node.Fix))
            .Select(group => new Failure(group.Key.Error!, group.Key.Fix, [.. group.Select(node => node.Name)]))
            .OrderByDescending(failure => failure.Nodes.Count)];
}
