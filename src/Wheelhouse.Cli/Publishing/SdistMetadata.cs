using System.Formats.Tar;
using System.IO.Compression;

namespace Wheelhouse.Cli.Publishing;

/// <summary>Finds the core metadata in an sdist: <c>name-version/PKG-INFO</c> (PEP 625, PEP 643).</summary>
internal static class SdistMetadata
{
    /// <exception cref="InvalidDataException">The file is not a compressed tar archive or holds no metadata.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken token)
    {
        await using var file = File.OpenRead(path);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        try
        {
            while (await tar.GetNextEntryAsync(cancellationToken: token) is { } entry)
            {
                if (!IsMetadata(entry)) continue;
                using var reader = new StreamReader(entry.DataStream!);
                return await reader.ReadToEndAsync(token);
            }
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("it ends too early.", error);
        }
        throw new InvalidDataException("it holds no PKG-INFO.");
    }

    private static bool IsMetadata(TarEntry entry) =>
        entry.DataStream is not null && entry.Name.EndsWith("/PKG-INFO", StringComparison.Ordinal) && entry.Name.Count(c => c == '/') == 1;
}
