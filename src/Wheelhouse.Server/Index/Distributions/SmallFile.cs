using System.Buffers;
using System.Text;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>A file of metadata inside an archive, kept in memory.</summary>
/// <param name="path">Its path in the archive.</param>
internal sealed class SmallFile(string path)
{
    /// <summary>The largest that is read, in bytes.</summary>
    public const int MaxSize = 8 << 20;

    private readonly ArrayBufferWriter<byte> _content = new();

    public string Path => path;

    public byte[] Bytes => _content.WrittenSpan.ToArray();

    /// <summary>The text. It should be UTF-8; older files' stray bytes become replacement characters.</summary>
    public string Text => Encoding.UTF8.GetString(_content.WrittenSpan);

    /// <summary>Takes the next bytes of it.</summary>
    /// <exception cref="BadDistributionException">It is too large.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_content.WrittenCount + bytes.Length > MaxSize)
            throw DistributionFaults.InvalidMetadata(path, $"it is larger than {MaxSize >> 20} MiB.");
        _content.Write(bytes);
    }
}
