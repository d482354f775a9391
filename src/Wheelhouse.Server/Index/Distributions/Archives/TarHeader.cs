namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>A header block of a tar archive: ustar, the older format before it, or GNU's (POSIX.1-2017 pax, "ustar Interchange Format").</summary>
/// <param name="Path">The path, as far as this block holds it.</param>
/// <param name="Type">The type flag.</param>
/// <param name="Size">How many bytes of data follow.</param>
/// <param name="Target">Where it leads, if it is a link, as far as this block holds it.</param>
internal sealed record TarHeader(byte[] Path, char Type, long Size, byte[] Target)
{
    public const int BlockSize = 512;

    private static readonly Range Checksum = 148..156;

    /// <summary>Reads a block.</summary>
    /// <exception cref="BadDistributionException">It is none.</exception>
    public static TarHeader Read(ReadOnlySpan<byte> block)
    {
        var sum = 0L;
        foreach (var value in block)
            sum += value;
        foreach (var value in block[Checksum])
            sum += ' ' - value;
        if (Number(block[Checksum]) != sum)
            throw GzipReader.NotComplete();
        var path = Text(block[..100]);
        ReadOnlySpan<byte> prefix = [];
        if (block[257..263].SequenceEqual("ustar\0"u8))
            prefix = Text(block[345..500]);
        else if (block[257..262].SequenceEqual("ustar"u8) && block[345..500].ContainsAnyExcept((byte)0))
            throw DistributionFaults.Ambiguous("a header of it mixes two formats of tar");
        var type = block[156] == 0 && path is [.., (byte)'/'] ? '5' : block[156] == 0 ? '0' : (char)block[156];
        return new(prefix.IsEmpty ? path.ToArray() : [.. prefix, (byte)'/', .. path], type, Number(block[124..136]), Text(block[157..257]).ToArray());
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    /// <summary>Octal digits between blanks and NULs, or GNU's binary number that begins with the bit 0x80.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        var number = 0L;
        if (field[0] == 0x80)
        {
            foreach (var value in field[1..])
                number = number < long.MaxValue >> 8 ? number << 8 | value : throw DistributionFaults.Ambiguous("a size in it is impossible");
            return number;
        }

        foreach (var value in field.Trim(" \0"u8))
            number = value is >= (byte)'0' and <= (byte)'7' ? number << 3 | (uint)(value - '0') : throw GzipReader.NotComplete();
        return number;
    }
}
