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
}
