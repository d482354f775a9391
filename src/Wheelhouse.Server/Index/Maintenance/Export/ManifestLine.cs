using System.Text.Json.Serialization;

namespace Wheelhouse.Server.Index.Maintenance.Export;

/// <summary>A line of an export's manifest: one JSON object, whose <c>type</c> says what it tells of.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ManifestStart), "export")]
[JsonDerivedType(typeof(ManifestProject), "project")]
[JsonDerivedType(typeof(ManifestFile), "file")]
[JsonDerivedType(typeof(ManifestDeleted), "deleted")]
[JsonDerivedType(typeof(ManifestEnd), "end")]
internal abstract record ManifestLine
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int Format = 1;
}

/// <summary>The first line.</summary>
/// <param name="Version">The format, <see cref="ManifestLine.Format"/>.</param>
/// <param name="At">When the manifest was begun.</param>
internal sealed record ManifestStart(int Version, DateTimeOffset At) : ManifestLine;

/// <summary>A project; see <see cref="ProjectRow"/>.</summary>
internal sealed record ManifestProject(string Name, string DisplayName, DateTimeOffset CreatedAt, string Status, string? StatusReason) : ManifestLine;

/// <summary>A file, which lies at <c>PROJECT/NAME</c>; see <see cref="FileRow"/>.</summary>
internal sealed record ManifestFile(
    string Name, string Project, string Version, string Sha256, long Size, DateTimeOffset UploadedAt, string UploadedBy, string? Yanked,
    string? Build = null) : ManifestLine;

/// <summary>A file that was deleted, whose name is never free again; see <see cref="DeletedFileRow"/>.</summary>
internal sealed record ManifestDeleted(string Name, string Project, string Version, string Sha256, DateTimeOffset DeletedAt, string DeletedBy, string Reason) : ManifestLine;

/// <summary>The last line: without it the manifest was cut.</summary>
/// <param name="Files">How many files there are.</param>
internal sealed record ManifestEnd(long Files) : ManifestLine;
