using Wheelhouse.Python.Metadata;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Refuses metadata that would break pages and terminals: fields that are far too long, or hold control characters.</summary>
internal static class MetadataLimits
{
    private const int MaxField = 64 * 1024;

    /// <summary>The limits of single fields, as on PyPI where it has one.</summary>
    private static readonly Dictionary<string, int> Most = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = 100,
        ["Version"] = 100,
        ["Summary"] = 512,
        ["Requires-Python"] = 512,
        ["Requires-Dist"] = 4096,
        ["Home-page"] = 2048,
        ["Project-URL"] = 2048,
    };

    /// <summary>Checks all fields. The long description may have any length and, as long as it is text, any content.</summary>
    /// <exception cref="BadDistributionException">A field is too long or holds control characters.</exception>
    public static void Check(CoreMetadata metadata)
    {
        foreach (var (name, value) in metadata.Fields.Where(field => !field.Key.Equals("Description", StringComparison.OrdinalIgnoreCase)))
        {
            var most = Most.GetValueOrDefault(name, MaxField);
            if (value.Length > most)
                throw DistributionFaults.TooLong($"The metadata field {name}", most);
            if (value.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\f')))
                throw DistributionFaults.ControlCharacters($"The metadata field {name}");
        }

        if (metadata.Description?.Contains('\0', StringComparison.Ordinal) is true)
            throw DistributionFaults.ControlCharacters("The metadata's long description");
    }
}
