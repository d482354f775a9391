using System.Globalization;
using System.Text;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>What the headers before a member's own say of it: pax records and GNU's long names. None may say a thing twice.</summary>
internal sealed class TarExtension
{
    public byte[]? Path { get; private set; }

    public byte[]? Target { get; private set; }

    public long? Size { get; private set; }

    /// <summary>Whether a header of a type extends that of the member after it, or those of all.</summary>
    public static bool IsOne(char type) => type is 'g' or 'x' or 'L' or 'K';

    /// <summary>Adds what such a header holds.</summary>
    /// <exception cref="BadDistributionException">It is not well-formed, or was said already.</exception>
    public void Add(char type, byte[] text)
    {
        switch (type)
        {
            case 'L':
                Path = Path is null ? [.. text.TakeWhile(value => value != 0)] : throw Twice();
                break;
            case 'K':
                Target = Target is null ? [.. text.TakeWhile(value => value != 0)] : throw Twice();
                break;
            default:
                Add(PaxRecords.Read(text), isGlobal: type == 'g');
                break;
        }
    }

    private void Add(Dictionary<string, byte[]> records, bool isGlobal)
    {
        foreach (var (key, value) in records)
        {
            if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
                throw DistributionFaults.Ambiguous("a file in it has holes, which few programs can read");
            if (isGlobal && key is ("path" or "linkpath" or "size"))
                throw DistributionFaults.Ambiguous("a header of it gives all files one path or size");
            if (key is "path")
                Path = Path is null ? value : throw Twice();
            else if (key is "linkpath")
                Target = Target is null ? value : throw Twice();
            else if (key is "size")
                Size = Size is null ? Number(value) : throw Twice();
        }
    }

    private static long Number(byte[] value) => long.TryParse(Encoding.Latin1.GetString(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw DistributionFaults.Ambiguous("a size in it is no number");

    private static BadDistributionException Twice() => DistributionFaults.Ambiguous("two headers say a different path or size of one member");
}
