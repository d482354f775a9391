namespace Wheelhouse.Contracts.Index;

/// <summary>A project in a list: <c>GET /api/projects</c>.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Version">The newest version that is not a pre-release, or the newest of all when there is no other.</param>
/// <param name="Releases">How many releases it has.</param>
/// <param name="UploadedAt">When its latest file was uploaded.</param>
public sealed record ProjectView(string Name, string Version, int Releases, DateTimeOffset UploadedAt)
{
    /// <summary>Its status (PEP 792): <c>active</c>, <c>archived</c>, <c>quarantined</c> or <c>deprecated</c>.</summary>
    public string Status { get; init; } = "active";

    /// <summary>The upstream that it comes from: its releases are those of which a file is kept here then. Null when it was uploaded here.</summary>
    public string? Upstream { get; init; }
}

/// <summary>A project with all its releases: <c>GET /api/projects/{name}</c>.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Releases">The releases, the newest version first.</param>
public sealed record ProjectDetail(string Name, IReadOnlyList<ReleaseView> Releases)
{
    /// <summary>Its status (PEP 792): <c>active</c>, <c>archived</c>, <c>quarantined</c> or <c>deprecated</c>.</summary>
    public string Status { get; init; } = "active";

    /// <summary>Why it has this status; null when that was not said.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Where its files come from.</summary>
    public ProjectOrigin Origin { get; init; } = new(ProjectOrigins.Local);
}

/// <summary>One version of a project.</summary>
/// <param name="Version">The version in its normal form.</param>
/// <param name="UploadedAt">When its first file was uploaded.</param>
/// <param name="Files">Its files by name.</param>
public sealed record ReleaseView(string Version, DateTimeOffset UploadedAt, IReadOnlyList<FileView> Files);

/// <summary>One wheel or sdist.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Url">Its path on the server, such as <c>/files/…</c>.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="RequiresPython">The Python versions it runs on, or null when it does not say.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="UploadedBy">Who uploaded it.</param>
public sealed record FileView(
    string FileName, string Url, string Sha256, long Size, string? RequiresPython, DateTimeOffset UploadedAt, string UploadedBy)
{
    /// <summary>Why it should not be installed any more (PEP 592): empty when no reason was given, null when it is not yanked.</summary>
    public string? Yanked { get; init; }

    /// <summary>The build that it comes from, as the uploader says: the address of its page, or any text; null when that was not said.</summary>
    public string? Build { get; init; }
}
