using System.Globalization;
using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Sizes as people write them: <c>512MiB</c>, <c>4GiB</c>, <c>1.5 GiB</c>.</summary>
internal static partial class ByteSize
{
    /// <summary>Reads a size; a number without a unit is none.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (Pattern().Match(text) is not { Success: true } match) return false;
        var unit = match.Groups["unit"].Value is "G" ? 1L << 30 : 1L << 20;
        bytes = (long)(decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit);
        return bytes > 0;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,6}(\.[0-9]{1,3})?) ?(?<unit>[MG])i?B\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
