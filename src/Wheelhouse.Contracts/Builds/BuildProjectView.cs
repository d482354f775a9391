using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Contracts.Builds;

/// <summary>A project that is built from a git repository.</summary>
/// <param name="Name">Its normalised name on the index (PEP 503).</param>
/// <param name="Repository">The URL of its repository; empty when the document is not valid any more.</param>
/// <param name="Revision">1 for the first document, and one more for each change.</param>
/// <param name="AppliedAt">When the document was applied.</param>
/// <param name="AppliedBy">Who applied it.</param>
/// <param name="Yaml">The document as it was sent.</param>
public sealed record BuildProjectView(string Name, string Repository, int Revision, DateTimeOffset AppliedAt, string AppliedBy, string Yaml)
{
    /// <summary>Where the git host tells of pushes; null when the document names no webhook secret.</summary>
    public string? Hook { get; init; }

    /// <summary>What is wrong with the document; empty when it is valid.</summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];

    /// <summary>The newest build, without those that were skipped or superseded; null when there is none.</summary>
    public BuildView? LastBuild { get; init; }

    /// <summary>Why asking the git host failed last; null when it did not.</summary>
    public string? PollError { get; init; }
}

/// <summary>What applying a document did.</summary>
/// <param name="Project">The project.</param>
/// <param name="Revision">The revision of its document now.</param>
/// <param name="Change">created, updated or unchanged.</param>
public sealed record AppliedBuildProject(string Project, int Revision, string Change);
