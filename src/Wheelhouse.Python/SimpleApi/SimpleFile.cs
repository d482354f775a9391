namespace Wheelhouse.Python.SimpleApi;

/// <summary>One file on a project's page of the simple API (PEP 503, 691, 700, 714).</summary>
public sealed record SimpleFile
{
    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Where it can be had: absolute, or relative to the page. Without a fragment.</summary>
    public required string Url { get; init; }

    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size in bytes; null when the page does not say, which HTML never does.</summary>
    public required long? Size { get; init; }

    /// <summary>When it was uploaded; null when the page does not say, which HTML never does.</summary>
    public required DateTimeOffset? UploadTime { get; init; }

    /// <summary>The Python versions it runs on (PEP 345), or null when it does not say.</summary>
    public string? RequiresPython { get; init; }

    /// <summary>The SHA-256 of its metadata, served at its URL with <c>.metadata</c> added (PEP 658); null when that is not served.</summary>
    public string? MetadataSha256 { get; init; }

    /// <summary>Why it should not be installed any more (PEP 592): empty when no reason was given, null when it is not yanked.</summary>
    public string? Yanked { get; init; }
}
