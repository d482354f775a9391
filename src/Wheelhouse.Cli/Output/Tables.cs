using Spectre.Console;
using Spectre.Console.Rendering;

namespace Wheelhouse.Cli.Output;

/// <summary>Tables that look alike.</summary>
internal static class Tables
{
    /// <summary>A table of quiet headings and no lines; only a column without a heading is wrapped.</summary>
    public static Grid New(params string[] columns)
    {
        var table = new Grid { Expand = false };
        foreach (var column in columns)
        {
            table.AddColumn(new GridColumn { NoWrap = column.Length > 0, Padding = new Padding(0, 0, 2, 0) });
        }
        return table.AddRow([.. columns.Select(IRenderable (column) => new Text(column, new Style(Color.Grey)))]);
    }

    /// <summary>A text that keeps its indent when it is wrapped.</summary>
    /// <param name="lead">What stands before it, after two spaces.</param>
    /// <param name="text">The text.</param>
    /// <param name="style">The style of both.</param>
    public static Grid Indented(string lead, string text, Style style)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { Width = lead.Length + 2, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        return grid.AddRow(new Text("  " + lead, style), new Text(text, style));
    }
}
