namespace Wheelhouse.Contracts.Index;

/// <summary>A project in a list: <c>GET /api/projects</c>.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Version">The newest version that is not a pre-release, or the newest of all when there is no other.</param>
/// <param name="Releases">How many releases it has.</param>
/// <param name="UploadedAt">When its latest file was uploaded.</param>
public sealed record ProjectView(string Name, string Version, int Releases, DateTimeOffset UploadedAt);

/// <summary>A project with all its releases: <c>GET /api/projects/{name}</c>.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Releases">The releases, the newest version first.</param>
public sealed record ProjectDetail(string Name, IReadOnlyList<ReleaseView> Releases);

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
    string FileName, string Url, string Sha256, long Size, string? RequiresPython, DateTimeOffset UploadedAt, string UploadedBy);
