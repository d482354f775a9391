using System.IO.Compression;
using System.IO.Hashing;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>
/// Reads a zip archive from its first byte to its directory, without unpacking it to disk. Every byte must belong to a member, every local header must say
/// what the directory says, and every member must unpack to what its length and checksum promise.
/// </summary>
internal sealed class ZipReader
{
    private const int LocalSize = 30;
    private const uint LocalSignature = 0x04034b50;
    private const uint DescriptorSignature = 0x08074b50;
    private const int ComparedFlags = 0x1 | 0x8 | 0x800;

    private readonly Stream _file;
    private readonly ZipDirectory _directory;
    private int _next;
    private long _at;

    private ZipReader(Stream file, ZipDirectory directory) => (_file, _directory) = (file, directory);

    /// <summary>The members in the order in which they are read.</summary>
    public IReadOnlyList<ZipMember> Members => _directory.Members;

    /// <summary>Reads the directory of an archive, whose file should be buffered.</summary>
    /// <exception cref="BadDistributionException">It is not a safe zip archive.</exception>
    public static async Task<ZipReader> OpenAsync(Stream file, UnpackLimits limits, CancellationToken token)
    {
        var directory = await ZipDirectory.ReadAsync(file, limits, token);
        file.Position = 0;
        return new(file, directory);
    }

    /// <summary>Makes a member of an archive that was read before the next one.</summary>
    public void Seek(ZipMember member)
    {
        _next = _directory.Members.IndexOf(member);
        _file.Position = _at = member.Offset;
    }

    /// <summary>Reads the next of <see cref="Members"/>.</summary>
    /// <param name="take">Takes its bytes, piece by piece.</param>
    /// <param name="token">Ends the reading.</param>
    /// <exception cref="BadDistributionException">It is not what the directory says.</exception>
    public async Task ReadNextAsync(Action<ReadOnlySpan<byte>> take, CancellationToken token)
    {
        var member = Members[_next++];
        if (member.Offset != _at)
            throw _at == 0 ? DistributionFaults.DataBefore() : BadGap(member.Offset);
        await ReadHeaderAsync(member, token);
        await ReadDataAsync(member, take, token);
        var end = _next < Members.Count ? Members[_next].Offset : _directory.Offset;
        if (member.HasDescriptor)
            await ReadDescriptorAsync(member, end, token);
        if (_at != end)
            throw BadGap(end);
    }

    private BadDistributionException BadGap(long end) => DistributionFaults.Ambiguous(end < _at ? "its members overlap" : "bytes lie between its members");

    private async Task ReadHeaderAsync(ZipMember member, CancellationToken token)
    {
        var header = await _file.TakeAsync(LocalSize, token);
        var extraLength = header.Length == LocalSize ? ((ReadOnlySpan<byte>)header).Short(28) : 0;
        var pathBytes = await _file.TakeAsync(member.PathBytes.Length, token);
        var extra = await _file.TakeAsync(extraLength, token);
        if (!Agrees(member, header, pathBytes, extra))
            throw DistributionFaults.Ambiguous($"its directory and the member '{member.Path}' disagree");
        _at += LocalSize + pathBytes.Length + extraLength;
    }

    private static bool Agrees(ZipMember member, ReadOnlySpan<byte> header, ReadOnlySpan<byte> pathBytes, ReadOnlySpan<byte> extra)
    {
        if (header.Length != LocalSize || header.Int(0) != LocalSignature || ((header.Short(6) ^ member.Flags) & ComparedFlags) != 0
            || header.Short(8) != member.Method || header.Short(26) != member.PathBytes.Length || !pathBytes.SequenceEqual(member.PathBytes))
            return false;
        Span<long> numbers = [header.Int(22), header.Int(18)];
        ZipFields.ReadExtra(extra, numbers);
        var isLater = member.HasDescriptor;
        return Is(header.Int(14), member.Crc) && Is(numbers[0], member.Size) && Is(numbers[1], member.PackedSize);

        bool Is(long local, long listed) => local == listed || isLater && local == 0;
    }

    private async Task ReadDataAsync(ZipMember member, Action<ReadOnlySpan<byte>> take, CancellationToken token)
    {
        var (crc, size) = (new Crc32(), 0L);
        var section = new Section(_file, member.PackedSize);
        await using var deflated = member.Method == ZipMember.Deflated ? new DeflateStream(section, CompressionMode.Decompress, leaveOpen: true) : null;
        try
        {
            await ((Stream?)deflated ?? section).ForEachChunkAsync(Take, token);
        }
        catch (InvalidDataException)
        {
            throw DistributionFaults.Damaged(member.Path);
        }

        if (size != member.Size || crc.GetCurrentHashAsUInt32() != member.Crc || deflated is not null && !section.IsUsedUp)
            throw DistributionFaults.Damaged(member.Path);
        _at += member.PackedSize;

        void Take(ReadOnlySpan<byte> bytes)
        {
            size += bytes.Length;
            if (size > member.Size)
                throw DistributionFaults.Damaged(member.Path);
            crc.Append(bytes);
            take(bytes);
        }
    }

    /// <summary>Reads what follows the data of a member whose maker could not go back: a checksum and sizes of 4 or 8 bytes, with or without a signature.</summary>
    private async Task ReadDescriptorAsync(ZipMember member, long end, CancellationToken token)
    {
        if (end - _at is not (12 or 16 or 20 or 24))
            throw BadGap(end);
        ReadOnlyMemory<byte> rest = await _file.TakeAsync((int)(end - _at), token);
        var isLong = rest.Length >= 20;
        var numbers = rest.Length is 16 or 24 ? rest[4..] : rest;
        var isSigned = numbers.Length == rest.Length || rest.Span.Int(0) == DescriptorSignature;
        var (packed, size) = isLong ? (numbers.Span.Long(4), numbers.Span.Long(12)) : (numbers.Span.Int(4), numbers.Span.Int(8));
        if (!isSigned || numbers.Span.Int(0) != member.Crc || packed != member.PackedSize || size != member.Size)
            throw DistributionFaults.Ambiguous($"its directory and the end of the member '{member.Path}' disagree");
        _at = end;
    }
}
