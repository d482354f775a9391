using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands;

/// <summary>The last known state of nodes.</summary>
internal static class NodeStateTable
{
    public static Grid Draw(IReadOnlyList<NodeStateView> nodes, Times times, Symbols symbols)
    {
        var table = Tables.New("  Node", "State", "Version", "Address", "Last contact", "");
        foreach (var node in nodes)
        {
            var (symbol, style) = symbols.Of(node.State);
            table.AddRow(
                new Text($"  {symbol} {node.Name}", style),
                new Text(node.State, style),
                new Text(node.Version ?? "-"),
                new Text(node.Address, Symbols.Calm),
                new Text(node.LastContact is { } at ? times.Ago(at) : "never", Symbols.Calm),
                new Text(Printable.Of(node.Detail)));
        }
        return table;
    }
}
