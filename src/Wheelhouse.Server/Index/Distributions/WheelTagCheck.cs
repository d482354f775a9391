using Wheelhouse.Python;
using Wheelhouse.Python.Wheels;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Holds the tags in a wheel's WHEEL file against those in its file name (PEP 427): installers choose by the name.</summary>
internal static class WheelTagCheck
{
    /// <exception cref="BadDistributionException">They differ, are unknown, or the wheel has another format.</exception>
    public static void Check(SmallFile wheel, WheelFileName name)
    {
        var unknown = name.Tags.FirstOrDefault(tag => !tag.IsKnown);
        if (unknown is not null)
            throw DistributionFaults.WrongTag($"no installer knows '{unknown}' in the file name");
        var fields = wheel.Text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (fields["Wheel-Version"].FirstOrDefault() is not { } version || !version.StartsWith("1.", StringComparison.Ordinal))
            throw DistributionFaults.InvalidMetadata(wheel.Path, "its Wheel-Version must be 1.x, which installers know.");
        try
        {
            var inside = fields["Tag"].SelectMany(WheelTag.ParseSet).ToHashSet();
            if (!inside.SetEquals(name.Tags))
                throw DistributionFaults.WrongTag($"the file WHEEL says {List(inside)}, the file name {List(name.Tags)}");
        }
        catch (PythonFormatException e)
        {
            throw DistributionFaults.InvalidMetadata(wheel.Path, e.Message);
        }
    }

    private static string List(IEnumerable<WheelTag> tags)
    {
        var all = tags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal).ToList();
        return all.Count switch { 0 => "none", <= 3 => string.Join(", ", all), var count => $"{string.Join(", ", all.Take(3))} and {count - 3} more" };
    }
}
