using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wheelhouse.Python.Metadata;

namespace Wheelhouse.Server.Index.PyPiJson;

/// <summary>A document of PyPI's JSON API, as far as this index knows its contents.</summary>
/// <param name="Info">What the release says about itself.</param>
/// <param name="Urls">The files of the release.</param>
internal sealed record PyPiDocument(PyPiInfo Info, IReadOnlyList<PyPiFile> Urls)
{
    /// <summary>The names are those of PyPI.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>This index counts no changes.</summary>
    public int LastSerial { get; }

    /// <summary>The files of every release by version; only in the document of a project.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<PyPiFile>>? Releases { get; init; }

    /// <summary>This index knows of none.</summary>
    public IReadOnlyList<string> Vulnerabilities { get; } = [];
}

/// <summary>What a release says about itself, from its core metadata; nulls when it has no wheel.</summary>
internal sealed record PyPiInfo(string Name, string Version, string? RequiresPython, bool Yanked, string? YankedReason)
{
    public string? Summary { get; init; }

    public string? Description { get; init; }

    public string? DescriptionContentType { get; init; }

    public string? Author { get; init; }

    public string? AuthorEmail { get; init; }

    public string? License { get; init; }

    public string? LicenseExpression { get; init; }

    public string? HomePage { get; init; }

    public IReadOnlyList<string> Classifiers { get; init; } = [];

    public IReadOnlyList<string> ProvidesExtra { get; init; } = [];

    public IReadOnlyList<string>? RequiresDist { get; init; }

    /// <summary>Describes a release by its files and, when it has a wheel, by its metadata.</summary>
    public static PyPiInfo Of(string name, string version, IReadOnlyList<IndexFile> files, CoreMetadata? metadata)
    {
        var isYanked = files.Count > 0 && files.All(file => file.Yanked is not null);
        var reason = isYanked ? files[0].Yanked : null;
        var info = new PyPiInfo(metadata?.Name.Text ?? name, version, files.Select(file => file.RequiresPython).FirstOrDefault(), isYanked, reason is "" ? null : reason);
        return metadata is null ? info : info with
        {
            Summary = metadata.Summary,
            Description = metadata.Description,
            DescriptionContentType = metadata.DescriptionContentType,
            Author = metadata.Author,
            AuthorEmail = metadata.AuthorEmail,
            License = metadata.License,
            LicenseExpression = metadata.LicenseExpression,
            HomePage = metadata.HomePage,
            Classifiers = metadata.Classifiers,
            ProvidesExtra = metadata.ProvidesExtra,
            RequiresDist = [.. metadata.All("Requires-Dist")],
        };
    }
}

/// <summary>One file.</summary>
internal sealed record PyPiFile(string Filename, string Url, long Size, string? RequiresPython, bool Yanked, string? YankedReason)
{
    public required IReadOnlyDictionary<string, string> Digests { get; init; }

    public required string Packagetype { get; init; }

    public required string PythonVersion { get; init; }

    public required string UploadTime { get; init; }

    /// <summary>The same moment with its zone.</summary>
    [JsonPropertyName("upload_time_iso_8601")]
    public required string UploadTimeIso { get; init; }

    /// <summary>Describes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The server's address, without a slash at its end.</param>
    public static PyPiFile Of(IndexFile file, string address)
    {
        var time = file.UploadedAt.UtcDateTime;
        return new(file.FileName, address + file.UrlPath, file.Size, file.RequiresPython, file.Yanked is not null, file.Yanked is "" ? null : file.Yanked)
        {
            Digests = new Dictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = file.Sha256 },
            Packagetype = file.MetadataSha256 is null ? "sdist" : "bdist_wheel",
            PythonVersion = file.MetadataSha256 is null ? "source" : file.FileName.Split('-')[^3],
            UploadTime = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            UploadTimeIso = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        };
    }
}
