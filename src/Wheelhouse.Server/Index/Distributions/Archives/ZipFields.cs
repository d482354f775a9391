using System.Buffers.Binary;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Reads the numbers of a zip archive's records, and its extra fields (APPNOTE 4.5).</summary>
internal static class ZipFields
{
    /// <summary>In place of a number that is in a zip64 record.</summary>
    public const uint Elsewhere = uint.MaxValue;

    private const ushort Zip64 = 0x0001;
    private const ushort UnicodePath = 0x7075;

    public static ushort Short(this ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint Int(this ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>A number of 64 bits that must fit into a file's length.</summary>
    public static long Long(this ReadOnlySpan<byte> bytes, int at)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
        return value >= 0 ? value : throw DistributionFaults.Ambiguous("a size in it is impossible");
    }

    /// <summary>Replaces the numbers that are <see cref="Elsewhere"/> by those in the zip64 extra field.</summary>
    /// <param name="extra">All extra fields of a record.</param>
    /// <param name="numbers">The record's numbers, in the order that the field has: size, packed size, offset.</param>
    public static void ReadExtra(ReadOnlySpan<byte> extra, Span<long> numbers)
    {
        ReadOnlySpan<byte> zip64 = default;
        while (extra.Length >= 4)
        {
            var (id, length) = (extra.Short(0), extra.Short(2));
            if (length > extra.Length - 4)
                break;
            if (id == UnicodePath)
                throw DistributionFaults.Ambiguous("a member has a second path in an extra field");
            if (id == Zip64)
                zip64 = zip64.IsEmpty ? extra.Slice(4, length) : throw DistributionFaults.Ambiguous("a member has two zip64 fields");
            extra = extra[(4 + length)..];
        }

        foreach (ref var number in numbers)
        {
            if (number != Elsewhere)
                continue;
            if (zip64.Length < 8)
                throw DistributionFaults.Ambiguous("a size is in a zip64 field that is not there");
            number = zip64.Long(0);
            zip64 = zip64[8..];
        }
    }
}
