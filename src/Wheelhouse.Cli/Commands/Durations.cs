using System.CommandLine.Parsing;
using System.Globalization;

namespace Wheelhouse.Cli.Commands;

/// <summary>Reads durations as people write them.</summary>
internal static class Durations
{
    /// <summary>Reads <c>30s</c>, <c>10m</c>, <c>1h</c> or <c>90d</c>.</summary>
    public static TimeSpan Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (TryParse(text, out var span)) return span;
        argument.AddError($"'{text}' is not a duration: write a number with s, m, h or d, such as 30s.");
        return TimeSpan.Zero;
    }

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        double? seconds = text[^1] switch { 's' => number, 'm' => number * 60.0, 'h' => number * 3600.0, 'd' => number * 86_400.0, _ => null };
        if (seconds is null) return false;
        span = TimeSpan.FromSeconds(seconds.Value);
        return true;
    }
}
