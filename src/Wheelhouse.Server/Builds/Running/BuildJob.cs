namespace Wheelhouse.Server.Builds.Running;

/// <summary>What to build, and how.</summary>
/// <param name="Id">The build.</param>
/// <param name="Project">The normalised name of the project that its files must have (PEP 503).</param>
/// <param name="Repository">The bare repository on this machine that has the commit.</param>
/// <param name="Commit">The full hash of the commit.</param>
/// <param name="Output">An empty folder of this build alone, which takes its files.</param>
internal sealed record BuildJob(string Id, string Project, string Repository, string Commit, string Output)
{
    /// <summary>The version to build; null leaves it to the project's own metadata.</summary>
    public string? Version { get; init; }

    /// <summary>A shell command that runs the tests; null finds them (pytest, tox, nox, unittest), and an empty one has none run.</summary>
    public string? Test { get; init; }

    /// <summary>The folder in the repository that has the pyproject.toml, relative to its root.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether the project's code may reach more than the index.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>When the commit was made, in seconds since 1970: <c>SOURCE_DATE_EPOCH</c>, so that the same commit gives the same files.</summary>
    public long Time { get; init; } = 315_532_800;

    /// <summary>How much it may use.</summary>
    public BuildLimits Limits { get; init; } = new();
}
