namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Where a zip archive's central directory lies. It must end where the archive's last records begin, and they where the file ends.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Size">How long it is.</param>
/// <param name="Count">How many entries it has.</param>
internal sealed record ZipEnd(long Offset, long Size, long Count)
{
    private const int RecordSize = 22;
    private const int LocatorSize = 20;
    private const int Zip64Size = 56;
    private const int MaxComment = ushort.MaxValue;
    private const uint Signature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint Zip64Signature = 0x06064b50;
    private const ushort ElsewhereShort = ushort.MaxValue;

    /// <summary>Reads the records at the end of a file.</summary>
    /// <exception cref="BadDistributionException">The file is not a zip archive, or not one alone.</exception>
    public static async Task<ZipEnd> ReadAsync(Stream file, CancellationToken token)
    {
        var size = (int)Math.Min(file.Length, RecordSize + LocatorSize + Zip64Size + MaxComment);
        file.Position = file.Length - size;
        return Read(await file.TakeAsync(size, token), file.Length);
    }

    private static ZipEnd Read(ReadOnlySpan<byte> tail, long length)
    {
        if (tail.Length < RecordSize || tail.Int(tail.Length - RecordSize) != Signature || tail.Short(tail.Length - 2) != 0)
            throw WhyNone(tail);
        var record = tail[^RecordSize..];
        var before = tail[..^RecordSize];
        var endsAt = length - RecordSize;
        if (record.Int(4) != 0 || record.Short(8) != record.Short(10))
            throw DistributionFaults.Ambiguous("it says that it is one of several parts");
        var end = new ZipEnd(record.Int(16), record.Int(12), record.Short(10));
        if (before.Length >= LocatorSize && before.Int(before.Length - LocatorSize) == LocatorSignature)
        {
            endsAt -= LocatorSize + Zip64Size;
            end = ReadZip64(before, endsAt, end);
        }

        if (end.Offset + end.Size != endsAt)
            throw end.Offset + end.Size < endsAt ? DistributionFaults.DataBefore() : DistributionFaults.Ambiguous("its directory lies beyond its end");
        return end;
    }

    private static ZipEnd ReadZip64(ReadOnlySpan<byte> before, long at, ZipEnd small)
    {
        var locator = before[^LocatorSize..];
        if (before.Length < LocatorSize + Zip64Size || locator.Long(8) != at)
            throw DistributionFaults.DataBefore();
        var record = before[^(LocatorSize + Zip64Size)..];
        if (record.Int(0) != Zip64Signature || record.Long(4) != Zip64Size - 12 || record.Long(24) != record.Long(32))
            throw DistributionFaults.Ambiguous("its zip64 record is not where it should be");
        var end = new ZipEnd(record.Long(48), record.Long(40), record.Long(32));
        var agrees = (small.Offset == end.Offset || small.Offset == ZipFields.Elsewhere) && (small.Size == end.Size || small.Size == ZipFields.Elsewhere)
            && (small.Count == end.Count || small.Count == ElsewhereShort);
        return agrees ? end : throw DistributionFaults.Ambiguous("its two end records disagree");
    }

    /// <summary>Finds out what stands in the place of the end record.</summary>
    private static BadDistributionException WhyNone(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - RecordSize; at >= 0; at--)
        {
            if (tail.Int(at) == Signature)
                return tail.Short(at + 20) == tail.Length - at - RecordSize ? DistributionFaults.Comment("zip archive") : DistributionFaults.DataAfter();
        }

        return DistributionFaults.NotAnArchive("zip archive, which a file of this name is.");
    }
}
