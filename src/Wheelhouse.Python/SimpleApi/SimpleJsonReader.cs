using System.Text.Json;

namespace Wheelhouse.Python.SimpleApi;

/// <summary>Reads the JSON page of a project (PEP 691) that any index wrote. Files without a SHA-256, and those that are no files, are left out.</summary>
public static class SimpleJsonReader
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="PythonFormatException">It is not one, or of another major version of the API.</exception>
    public static SimpleProject Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new PythonFormatException($"This is not a page of the simple API: {malformed.Message}", malformed);
        }
    }

    private static SimpleProject Read(JsonElement page)
    {
        var version = page.GetProperty("meta").GetProperty("api-version").GetString();
        if (version?.Split('.')[0] is not "1") throw new PythonFormatException($"The page is of version {PythonText.Quote(version ?? "")} of the simple API, not of 1.x.");
        var status = Find(page, "project-status") is { ValueKind: JsonValueKind.Object } found ? found : (JsonElement?)null;
        return new(
            page.GetProperty("name").GetString() ?? "",
            Find(page, "versions") is { ValueKind: JsonValueKind.Array } versions ? [.. versions.EnumerateArray().Select(item => item.GetString() ?? "")] : [],
            [.. page.GetProperty("files").EnumerateArray().Select(ReadFile).OfType<SimpleFile>()])
        {
            Status = (status is { } map ? Text(map, "status") : null) ?? "active",
            StatusReason = status is { } reasons ? Text(reasons, "reason") : null,
        };
    }

    private static SimpleFile? ReadFile(JsonElement file)
    {
        if (Text(file, "filename") is not { } name || Text(file, "url") is not { } url || Sha256(Find(file, "hashes")) is not { } sha256) return null;
        return new SimpleFile
        {
            FileName = name,
            Url = url.Split('#')[0],
            Sha256 = sha256,
            Size = Find(file, "size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out var bytes) && bytes >= 0 ? bytes : null,
            UploadTime = Find(file, "upload-time") is { ValueKind: JsonValueKind.String } time && time.TryGetDateTimeOffset(out var moment) ? moment : null,
            RequiresPython = Text(file, "requires-python"),
            MetadataSha256 = Sha256(Find(file, "core-metadata") ?? Find(file, "data-dist-info-metadata")),
            Yanked = Find(file, "yanked") switch
            {
                { ValueKind: JsonValueKind.True } => "",
                { ValueKind: JsonValueKind.String } reason => reason.GetString(),
                _ => null,
            },
        };
    }

    private static string? Sha256(JsonElement? hashes) =>
        hashes is { ValueKind: JsonValueKind.Object } map && Text(map, "sha256") is { } text ? PythonText.Sha256(text) : null;

    private static string? Text(JsonElement map, string name) => Find(map, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement map, string name) => map.TryGetProperty(name, out var value) ? value : null;
}
