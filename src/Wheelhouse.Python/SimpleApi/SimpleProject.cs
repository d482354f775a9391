namespace Wheelhouse.Python.SimpleApi;

/// <summary>A project's page of the simple API.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Versions">Every version (PEP 700).</param>
/// <param name="Files">Its files.</param>
public sealed record SimpleProject(string Name, IReadOnlyList<string> Versions, IReadOnlyList<SimpleFile> Files)
{
    /// <summary>The status of the project (PEP 792): <c>active</c>, <c>archived</c>, <c>quarantined</c> or <c>deprecated</c>.</summary>
    public string Status { get; init; } = "active";

    /// <summary>Why it has this status; null when that is not said.</summary>
    public string? StatusReason { get; init; }
}

/// <summary>The page of all projects.</summary>
/// <param name="Names">The names, normalised or as the projects spell them.</param>
public sealed record SimpleProjectList(IReadOnlyList<string> Names);
