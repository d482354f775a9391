using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>The git repositories of projects: what their hosts have, and what this machine has of them.</summary>
internal interface ISources
{
    /// <summary>Asks the host for all branches and tags (<c>git ls-remote</c>), a tag with the commit that it stands for, and <c>HEAD</c>.</summary>
    /// <exception cref="SourceException">It does not answer, or not as it should.</exception>
    Task<IReadOnlyList<SourceRef>> ListAsync(SourceLocation source, CancellationToken token);

    /// <summary>Brings the project's bare repository on this machine up to date, one call of a project at a time.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    Task<ISourceMirror> FetchAsync(SourceLocation source, CancellationToken token);

    /// <summary>Takes commits that the host does not have into the project's repository on this machine, once that is up to date.</summary>
    /// <param name="source">The project's repository.</param>
    /// <param name="commit">The full hash of the commit that is wanted.</param>
    /// <param name="pack">It and what it builds on, as far as the host does not have it, as <c>git pack-objects</c> writes it.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="SourceException">The repository cannot be had, the commits are no good, or they build on others that are not there.</exception>
    Task ReceiveAsync(SourceLocation source, string commit, Stream pack, CancellationToken token);

    /// <summary>Removes the project's repository from this machine, once nothing fetches it any more.</summary>
    Task ForgetAsync(string project, CancellationToken token);
}

/// <summary>The bare repository of a project on this machine.</summary>
internal interface ISourceMirror
{
    /// <summary>The repository's folder, for <see cref="Running.BuildJob.Repository"/>.</summary>
    string Path { get; }

    /// <summary>Finds what a person or a host means.</summary>
    /// <param name="reference">A full reference, the name of a branch or (then) a tag, or a full hash; null means the default branch.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Its full reference, or the hash itself, with the commit; null when the repository has no such.</returns>
    Task<SourceRef?> ResolveAsync(string? reference, CancellationToken token);

    /// <summary>Whether the repository has a commit: a push that was forced may have taken it away.</summary>
    Task<bool> HasAsync(string commit, CancellationToken token);

    /// <summary>A file of a commit as text; null when the commit has nothing of the name.</summary>
    /// <exception cref="SourceException">It is a symbolic link or a folder, larger than 1 MiB, or not UTF-8.</exception>
    Task<string?> ReadFileAsync(string commit, string path, CancellationToken token);

    /// <summary>The commits that a commit has and an earlier one has not, the newest first, without merges.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="since">The earlier one; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="token">Ends it.</param>
    Task<IReadOnlyList<SourceCommit>> ListCommitsAsync(string commit, string? since, int most, CancellationToken token);

    /// <summary>What is known of one commit.</summary>
    Task<SourceCommit> ReadCommitAsync(string commit, CancellationToken token);

    /// <summary>The version of the nearest commit, from a commit backwards, that a tag makes one: the highest when several do. Null when there is none.</summary>
    Task<SourceDescription?> DescribeAsync(string commit, CancellationToken token);
}

/// <summary>Where a project's repository lies.</summary>
/// <param name="Project">The project's normalised name, by which this machine keeps it.</param>
/// <param name="Url">Its URL, without credentials.</param>
/// <param name="Credentials">The token for https, or the private key for ssh; null for none.</param>
internal sealed record SourceLocation(string Project, string Url, string? Credentials);

/// <summary>A branch or a tag with its commit.</summary>
/// <param name="Name">As <c>refs/heads/main</c>, <c>refs/tags/v1.0</c> or <c>HEAD</c>; of a commit that was named by its hash, the hash.</param>
/// <param name="Commit">The full hash.</param>
internal sealed record SourceRef(string Name, string Commit);

/// <summary>A commit.</summary>
/// <param name="Sha">Its full hash.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Subject">The first line of its message.</param>
internal sealed record SourceCommit(string Sha, DateTimeOffset At, string? Author, string Subject);

/// <summary>How far a commit is from a version.</summary>
/// <param name="Version">The version, as the tag says it.</param>
/// <param name="Distance">How many commits came after it, on all branches that were merged; 0 when the tag stands at the commit itself.</param>
internal sealed record SourceDescription(PythonVersion Version, int Distance);

/// <summary>A repository cannot be had, or not what is wanted of it. It holds no credentials.</summary>
/// <param name="code">For programs, as <c>clone_failed</c>.</param>
/// <param name="message">For people.</param>
/// <param name="fix">What to do about it, or null.</param>
internal sealed class SourceException(string code, string message, string? fix = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Fix { get; } = fix;
}
