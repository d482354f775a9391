using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Wheelhouse.Server.Index.Maintenance.Export;

/// <summary>Writes and reads the manifest of an export: <c>wheelhouse-index.jsonl</c>.</summary>
internal static class Manifest
{
    /// <summary>Its name in the folder of the export. No project has such a name.</summary>
    public const string FileName = "wheelhouse-index.jsonl";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<ManifestLine> lines, CancellationToken token)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await foreach (var line in lines.WithCancellation(token)) await writer.WriteLineAsync(JsonSerializer.Serialize(line, Json));
    }

    /// <summary>Reads all lines between the first and the last.</summary>
    /// <exception cref="SourceException">It is not a whole manifest of a format that this version reads.</exception>
    public static async IAsyncEnumerable<ManifestLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken token)
    {
        var number = 0;
        ManifestLine? line = null;
        await foreach (var text in File.ReadLinesAsync(path, token))
        {
            number++;
            if (line is ManifestEnd) throw Bad(path, number, "comes after the end");
            line = Parse(path, number, text);
            if (number == 1 && line is not ManifestStart { Version: ManifestLine.Format }) throw Bad(path, number, $"does not begin an export of the format {ManifestLine.Format}");
            if (line is not (ManifestStart or ManifestEnd)) yield return line;
        }

        if (line is not ManifestEnd) throw new SourceException($"{path} was cut: its last line is missing.", "Copy the export again, or export again into the same folder.");
    }

    private static ManifestLine Parse(string path, int number, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestLine>(text, Json) ?? throw Bad(path, number, "is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Bad(path, number, $"is not a line of a manifest: {e.Message}");
        }
    }

    private static SourceException Bad(string path, int number, string what) => new($"Line {number} of {path} {what}.", "Export again with a server of this version.");
}
