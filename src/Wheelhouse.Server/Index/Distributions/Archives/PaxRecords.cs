using System.Globalization;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Reads the records of a tar archive's extended headers (POSIX.1-2017 pax): each is <c>length key=value\n</c>.</summary>
internal static class PaxRecords
{
    /// <exception cref="BadDistributionException">They are not well-formed, or one of them is there twice.</exception>
    public static Dictionary<string, byte[]> Read(ReadOnlySpan<byte> text)
    {
        var records = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (!text.IsEmpty)
        {
            var blank = text.IndexOf((byte)' ');
            if (blank is < 1 or > 7 || !int.TryParse(text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= blank + 1 || length > text.Length || text[length - 1] != '\n')
                throw Bad();
            var record = text[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1 || !records.TryAdd(ArchivePath.Decode(record[..equals]), record[(equals + 1)..].ToArray()))
                throw Bad();
            text = text[length..];
        }

        return records;
    }

    private static BadDistributionException Bad() => DistributionFaults.Ambiguous("an extended header of it is not well-formed");
}
