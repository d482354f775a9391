using Wheelhouse.Python.Metadata;
using Wheelhouse.Python.Requirements;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>What a release says about itself in the core metadata of one of its wheels.</summary>
/// <param name="Version">The release.</param>
/// <param name="Summary">One line about it, or null.</param>
/// <param name="RequiresPython">The Python versions it runs on, or null when it does not say.</param>
/// <param name="Author">Who wrote it, or null.</param>
/// <param name="License">Its licence in a line, or null.</param>
/// <param name="Links">Its links by label, in its order; only those over http and https.</param>
/// <param name="Dependencies">What it depends on.</param>
/// <param name="Description">Its long description as text, or null; the beginning of it when it is very long.</param>
/// <param name="DescriptionType">The media type of <paramref name="Description"/>; null means reStructuredText or plain text.</param>
public sealed record ReleaseAbout(
    string Version,
    string? Summary,
    string? RequiresPython,
    string? Author,
    string? License,
    IReadOnlyList<ReleaseLink> Links,
    IReadOnlyList<ReleaseDependency> Dependencies,
    string? Description,
    string? DescriptionType)
{
    private const int LongestDescription = 64 * 1024;

    /// <summary>Takes what people want to know from core metadata. Pure.</summary>
    public static ReleaseAbout Of(CoreMetadata metadata)
    {
        var links = metadata.ProjectUrls.Select(ReleaseLink.Parse);
        if (metadata.HomePage is { } home) links = links.Prepend(new ReleaseLink("Home page", home));
        var description = metadata.Description;
        return new ReleaseAbout(
            metadata.Version.ToString(),
            metadata.Summary,
            metadata.RequiresPythonText,
            metadata.Author ?? metadata.AuthorEmail,
            metadata.LicenseExpression ?? metadata.License?.Split('\n')[0],
            [.. links.OfType<ReleaseLink>().Where(link => link.IsWeb).DistinctBy(link => link.Url)],
            [.. metadata.RequiresDist.Select(ReleaseDependency.Of)],
            description is { Length: > LongestDescription } ? description[..LongestDescription] + "\n…" : description,
            metadata.DescriptionContentType);
    }
}

/// <summary>A link of a project.</summary>
/// <param name="Label">What it leads to.</param>
/// <param name="Url">Where.</param>
public sealed record ReleaseLink(string Label, string Url)
{
    /// <summary>Whether it is safe to offer: anybody who may upload wrote it.</summary>
    public bool IsWeb => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>Reads <c>label, URL</c> (core metadata, Project-URL); null for anything else.</summary>
    internal static ReleaseLink? Parse(string text) =>
        text.Split(',', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } label, var url] ? new ReleaseLink(label, url) : null;
}

/// <summary>What a release depends on.</summary>
/// <param name="Project">The normalised name of the project.</param>
/// <param name="Requirement">The requirement as usually spelled (PEP 508).</param>
/// <param name="IsExtra">Whether it is needed only when an extra is asked for.</param>
public sealed record ReleaseDependency(string Project, string Requirement, bool IsExtra)
{
    internal static ReleaseDependency Of(Requirement requirement) => new(
        requirement.Name.Normalized, requirement.ToString(), requirement.Marker?.ToString()?.Contains("extra", StringComparison.Ordinal) == true);
}
