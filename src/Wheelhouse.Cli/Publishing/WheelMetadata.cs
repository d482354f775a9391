using System.IO.Compression;

namespace Wheelhouse.Cli.Publishing;

/// <summary>Finds the core metadata in a wheel: <c>name-version.dist-info/METADATA</c> (PEP 427).</summary>
internal static class WheelMetadata
{
    /// <exception cref="InvalidDataException">The file is not a zip archive or holds no metadata.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken token)
    {
        await using var zip = await ZipFile.OpenReadAsync(path, token);
        var entry = zip.Entries.FirstOrDefault(IsMetadata) ?? throw new InvalidDataException("it holds no .dist-info/METADATA.");
        using var reader = new StreamReader(await entry.OpenAsync(token));
        return await reader.ReadToEndAsync(token);
    }

    private static bool IsMetadata(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".dist-info/METADATA", StringComparison.Ordinal) && entry.FullName.Count(c => c == '/') == 1;
}
