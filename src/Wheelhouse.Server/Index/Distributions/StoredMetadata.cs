using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads the METADATA of the index's wheels out of them: it is kept nowhere else, so the two cannot differ.</summary>
public sealed class StoredMetadata(IFileStore store)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>The bytes of a wheel's METADATA; null when the wheel is not in the store.</summary>
    /// <param name="sha256">The wheel's hash.</param>
    /// <param name="fileName">The wheel's file name.</param>
    /// <param name="token">Ends reading.</param>
    public async Task<byte[]?> FindAsync(string sha256, string fileName, CancellationToken token)
    {
        if (await store.OpenAsync(sha256, token) is not { } file) return null;
        await using var buffered = new BufferedStream(file, BufferSize);
        return await WheelReader.ReadMetadataAsync(buffered, WheelFileName.Parse(fileName), token);
    }
}
