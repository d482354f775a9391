using System.Globalization;

namespace Wheelhouse.Server.Services.Document;

/// <summary>A number of nodes, or a share of all.</summary>
/// <param name="Value">The number, or the percentage from 0 to 100.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
public readonly record struct NodeCount(int Value, bool IsPercent = false)
{
    /// <summary>For the size of a batch: rounded up, at least 1.</summary>
    /// <param name="nodes">How many nodes there are in all.</param>
    public int RoundUp(int nodes) => Math.Max(1, IsPercent ? (int)((((long)nodes * Value) + 99) / 100) : Value);

    /// <summary>For a budget: rounded down.</summary>
    /// <param name="nodes">How many nodes there are in all.</param>
    public int RoundDown(int nodes) => IsPercent ? (int)((long)nodes * Value / 100) : Value;

    /// <summary>Reads <c>2</c> or <c>25%</c>.</summary>
    public static bool TryParse(string text, out NodeCount count)
    {
        var percent = text.EndsWith('%');
        var valid = int.TryParse(percent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= (percent ? 100 : 100_000);
        count = valid ? new NodeCount(value, percent) : default;
        return valid;
    }

    /// <summary>As in a document.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}{(IsPercent ? "%" : "")}");
}
