using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Decompresses a gzip file that has one member, and nothing before or after it (RFC 1952).</summary>
internal sealed class GzipReader : IDisposable
{
    private const int HeaderSize = 10;
    private const int TrailerSize = 8;
    private const int MaxName = 1024;
    private const byte NameFlag = 0x08;
    private const byte CommentFlag = 0x10;
    private const byte TextFlag = 0x01;

    private readonly Stream _file;
    private readonly Section _section;
    private readonly DeflateStream _inflated;
    private readonly long _most;
    private readonly Crc32 _crc = new();
    private long _size;

    private GzipReader(Stream file, long packedSize, long most)
    {
        (_file, _section, _most) = (file, new(file, packedSize), most);
        _inflated = new(_section, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Reads the header of a file, which should be buffered.</summary>
    /// <exception cref="BadDistributionException">It is no gzip file.</exception>
    public static async Task<GzipReader> OpenAsync(Stream file, UnpackLimits limits, CancellationToken token)
    {
        file.Position = 0;
        var header = await file.TakeAsync(HeaderSize, token);
        if (header is not [0x1F, 0x8B, 8, var flags, ..] || header.Length < HeaderSize)
            throw NotComplete();
        if ((flags & CommentFlag) != 0)
            throw DistributionFaults.Comment("gzip file");
        if ((flags & ~(NameFlag | TextFlag)) != 0)
            throw DistributionFaults.Ambiguous("its gzip header has extra fields");
        if ((flags & NameFlag) != 0)
            SkipName(file);
        var packedSize = file.Length - file.Position - TrailerSize;
        return packedSize > 0 ? new(file, packedSize, limits.For(file.Length)) : throw NotComplete();
    }

    /// <summary>Reads exactly so many bytes; none when the data ends before the first.</summary>
    /// <exception cref="BadDistributionException">The data is damaged, ends too early, or is a bomb.</exception>
    public async Task<bool> ReadAsync(Memory<byte> buffer, CancellationToken token)
    {
        var read = 0;
        try
        {
            read = await _inflated.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        }
        catch (InvalidDataException)
        {
            throw NotComplete();
        }

        _crc.Append(buffer.Span[..read]);
        _size += read;
        if (_size > _most)
            throw DistributionFaults.UnpacksTooLarge(_most);
        return read == buffer.Length || (read == 0 ? false : throw NotComplete());
    }

    /// <summary>Checks that the data ended where the file does, and is what its checksum promises.</summary>
    /// <exception cref="BadDistributionException">It did not.</exception>
    public async Task FinishAsync(CancellationToken token)
    {
        if (!_section.IsUsedUp)
            throw _section.WantedMore ? NotComplete() : DistributionFaults.DataAfter();
        var trailer = await _file.TakeAsync(TrailerSize, token);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.GetCurrentHashAsUInt32() || BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4)) != (uint)_size)
            throw DistributionFaults.Damaged("gzip data");
    }

    /// <summary>The archive is cut, or none at all.</summary>
    public static BadDistributionException NotComplete() => DistributionFaults.NotAnArchive("gzip-compressed tar archive, which an sdist of this name is.");

    public void Dispose() => _inflated.Dispose();

    private static void SkipName(Stream file)
    {
        for (var length = 0; file.ReadByte() is not (0 or -1); length++)
        {
            if (length == MaxName)
                throw DistributionFaults.Ambiguous("its gzip header has a name without end");
        }
    }
}
