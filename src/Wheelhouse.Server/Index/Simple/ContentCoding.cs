using System.IO.Compression;
using ZstdSharp;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>A way to make a page smaller (RFC 9110, 8.4.1).</summary>
/// <param name="Name">Its registered name.</param>
/// <param name="Encode">Encodes bytes.</param>
internal sealed record ContentCoding(string Name, Func<byte[], byte[]> Encode)
{
    // A page is encoded once and sent often. Beyond these levels it takes much longer and gains little.
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;
    private const int ZstandardLevel = 9;

    /// <summary>The bytes as they are.</summary>
    public static readonly ContentCoding Identity = new("identity", bytes => bytes);

    /// <summary>All of them; the first are preferred.</summary>
    public static readonly IReadOnlyList<ContentCoding> All = [new("br", Brotli), new("zstd", Zstandard), new("gzip", Gzip), Identity];

    private static byte[] Brotli(byte[] bytes)
    {
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, output, out var written, BrotliQuality, BrotliWindow) ? output[..written] : bytes;
    }

    private static byte[] Zstandard(byte[] bytes)
    {
        using var compressor = new Compressor(ZstandardLevel);
        return compressor.Wrap(bytes).ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return output.ToArray();
    }
}
