namespace Wheelhouse.Contracts.Delivery;

/// <summary>A commit that a release brings.</summary>
/// <param name="Sha">Its hash in hexadecimal: 40 digits, or 64 in a repository of SHA-256.</param>
/// <param name="At">Its committer's date: when it was committed as it is delivered. The author's date may be years older, as of a patch that was picked.</param>
/// <param name="Author">The author's name, or null.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Link">Its page at the git host (http or https), or null.</param>
public sealed record CommitView(string Sha, DateTimeOffset At, string? Author, string Subject, string? Link = null);

/// <summary>Says which commits a release contains that the release before it does not: <c>PUT /api/projects/{name}/releases/{version}/commits</c>.</summary>
/// <param name="Commit">The hash of the commit that the release was built from.</param>
/// <param name="Commits">The commits, the newest first, without merges; at most <see cref="MostCommits"/>.</param>
public sealed record ReleaseCommitsRequest(string Commit, IReadOnlyList<CommitView> Commits)
{
    /// <summary>How many commits a release may say.</summary>
    public const int MostCommits = 1000;

    /// <summary>The release since which the commits are; null when there is none before it of which commits are known.</summary>
    public string? Previous { get; init; }
}

/// <summary>What is known of the commits of a release.</summary>
/// <param name="Version">The release.</param>
/// <param name="Commit">The hash of the commit that it was built from.</param>
/// <param name="Previous">The release since which its commits are, or null.</param>
/// <param name="Commits">The commits, the newest first.</param>
/// <param name="At">When that was said.</param>
/// <param name="By">Who said it.</param>
public sealed record ReleaseCommitsView(
    string Version, string Commit, string? Previous, IReadOnlyList<CommitView> Commits, DateTimeOffset At, string By);

/// <summary>What was published since the release that runs in an environment.</summary>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Running">The version that runs there; null when nothing was deployed yet.</param>
/// <param name="Releases">The newer releases, the newest first.</param>
/// <param name="OldestAt">When the oldest of their changes was committed, or published where no commits are known; null when there is none.</param>
public sealed record UndeployedView(
    string Service, string Environment, string? Running, IReadOnlyList<UndeployedRelease> Releases, DateTimeOffset? OldestAt);

/// <summary>A release that is newer than the one that runs.</summary>
/// <param name="Version">The release.</param>
/// <param name="PublishedAt">When its first file joined the index.</param>
/// <param name="Commits">The commits that it brings on top of the release before it in the list; null when they are not known.</param>
public sealed record UndeployedRelease(string Version, DateTimeOffset PublishedAt, IReadOnlyList<CommitView>? Commits);
