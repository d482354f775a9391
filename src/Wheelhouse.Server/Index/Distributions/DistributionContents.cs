using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Python;
using Wheelhouse.Python.Metadata;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>What was read from inside a wheel or an sdist.</summary>
/// <param name="Metadata">Its core metadata.</param>
/// <param name="MetadataBytes">The bytes of the METADATA or PKG-INFO file.</param>
internal sealed record DistributionContents(CoreMetadata Metadata, byte[] MetadataBytes)
{
    /// <summary>The largest METADATA or PKG-INFO file that is read, in bytes.</summary>
    public const int MaxMetadataSize = 8 << 20;

    public string MetadataSha256 => Convert.ToHexStringLower(SHA256.HashData(MetadataBytes));

    /// <summary>Reads the core metadata; the bytes are UTF-8, and older files' stray bytes become replacement characters.</summary>
    /// <exception cref="BadDistributionException">It is too large or invalid.</exception>
    public static async Task<DistributionContents> ReadAsync(string path, Stream content, CancellationToken token)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(chunk, token)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxMetadataSize)
                throw new BadDistributionException($"{path} is larger than {MaxMetadataSize >> 20} MiB.");
        }

        var bytes = buffer.ToArray();
        try
        {
            return new(CoreMetadata.Parse(Encoding.UTF8.GetString(bytes)), bytes);
        }
        catch (PythonFormatException e)
        {
            throw new BadDistributionException($"{path} is invalid: {e.Message}", e);
        }
    }
}

/// <summary>A file that is not the wheel or sdist its name promises. The message says what is wrong, for the person who uploads it.</summary>
internal sealed class BadDistributionException(string message, Exception? innerException = null) : Exception(message, innerException);
