using Spectre.Console;

namespace Wheelhouse.Cli.Output;

/// <summary>Tables that look alike.</summary>
internal static class Tables
{
    /// <summary>A table of quiet headings and no lines; only a column without a heading is wrapped.</summary>
    public static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, Expand = false, ShowHeaders = true };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(Color.Grey))) { NoWrap = column.Length > 0, Padding = new Padding(2, 0, 1, 0) });
        }
        return table;
    }
}
