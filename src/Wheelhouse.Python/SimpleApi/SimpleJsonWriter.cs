using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Wheelhouse.Python.SimpleApi;

/// <summary>Writes pages of the simple API as JSON (PEP 691; version 1.4 by PEP 792).</summary>
public static class SimpleJsonWriter
{
    private static readonly JsonEncodedText CoreMetadata = JsonEncodedText.Encode("core-metadata");
    private static readonly JsonEncodedText FileName = JsonEncodedText.Encode("filename");
    private static readonly JsonEncodedText RequiresPython = JsonEncodedText.Encode("requires-python");
    private static readonly JsonEncodedText UploadTime = JsonEncodedText.Encode("upload-time");

    // The pages are served as application/vnd.pypi.simple.v1+json, never inside HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a project's page.</summary>
    public static void Write(IBufferWriter<byte> output, SimpleProject page)
    {
        ArgumentNullException.ThrowIfNull(page);
        using var json = Begin(output);
        json.WriteString("name", page.Name);
        json.WriteStartObject("project-status");
        json.WriteString("status", page.Status);
        if (page.StatusReason is { } reason)
            json.WriteString("reason", reason);
        json.WriteEndObject();
        json.WriteStartArray("versions");
        foreach (var version in page.Versions)
            json.WriteStringValue(version);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in page.Files)
            Write(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the page of all projects.</summary>
    public static void Write(IBufferWriter<byte> output, SimpleProjectList page)
    {
        ArgumentNullException.ThrowIfNull(page);
        using var json = Begin(output);
        json.WriteStartArray("projects");
        foreach (var name in page.Names)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartObject("meta");
        json.WriteString("api-version", SimpleMediaTypes.ApiVersion);
        json.WriteEndObject();
        return json;
    }

    private static void Write(Utf8JsonWriter json, SimpleFile file)
    {
        json.WriteStartObject();
        json.WriteString(FileName, file.FileName);
        json.WriteString("url", file.Url);
        json.WriteStartObject("hashes");
        json.WriteString("sha256", file.Sha256);
        json.WriteEndObject();
        if (file.RequiresPython is { } requiresPython)
            json.WriteString(RequiresPython, requiresPython);
        if (file.Size is { } size)
            json.WriteNumber("size", size);
        if (file.UploadTime is { } moment)
            json.WriteString(UploadTime, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        if (file.MetadataSha256 is { } sha256)
        {
            json.WriteStartObject(CoreMetadata);
            json.WriteString("sha256", sha256);
            json.WriteEndObject();
        }

        if (file.Yanked is { Length: 0 })
            json.WriteBoolean("yanked", value: true);
        else if (file.Yanked is { } reason)
            json.WriteString("yanked", reason);
        else
            json.WriteBoolean("yanked", value: false);
        json.WriteEndObject();
    }
}
