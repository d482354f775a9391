using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Index;

/// <summary>A file on the index.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Version">The version it belongs to.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="RequiresPython">The Python versions it runs on, or null when it does not say.</param>
/// <param name="MetadataSha256">The SHA-256 of its METADATA, served at its path with <c>.metadata</c> added; null for an sdist.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="UploadedBy">The name of the token that uploaded it.</param>
public sealed record IndexFile(
    string FileName,
    PythonVersion Version,
    string Sha256,
    long Size,
    string? RequiresPython,
    string? MetadataSha256,
    DateTimeOffset UploadedAt,
    string UploadedBy)
{
    /// <summary>Why it should not be installed any more (PEP 592): empty when no reason was given, null when it is not yanked.</summary>
    public string? Yanked { get; init; }

    /// <summary>The build that it comes from, as the uploader says; null when that was not said.</summary>
    public string? Build { get; init; }

    /// <summary>Its path on this server, escaped, such as <c>/files/ab…/acme-1.0-py3-none-any.whl</c>.</summary>
    public string UrlPath => PathOf(Sha256, FileName);

    /// <summary>The path of a file of a hash and a name.</summary>
    public static string PathOf(string sha256, string fileName) => $"/files/{sha256}/{Uri.EscapeDataString(fileName)}";
}

/// <summary>A project with all its files.</summary>
/// <param name="Status">One of <see cref="ProjectStatus"/>.</param>
/// <param name="StatusReason">Why it has this status; null when that was not said.</param>
/// <param name="Files">Its files, the oldest version first, then by name.</param>
internal sealed record ProjectFiles(string Status, string? StatusReason, IReadOnlyList<IndexFile> Files)
{
    /// <summary>The files that are given out.</summary>
    public IReadOnlyList<IndexFile> Offered => Status is ProjectStatus.Quarantined ? [] : Files;
}
