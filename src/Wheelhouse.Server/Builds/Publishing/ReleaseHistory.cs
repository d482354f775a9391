using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Builds.Publishing;

/// <summary>Finds which commits a build brings that the release before it does not.</summary>
internal sealed class ReleaseHistory(ReleaseLog releases)
{
    /// <summary>How many commits are counted at most, where there is no tag to count from.</summary>
    public const int MostCounted = 100_000;

    private const int LongestSubject = 300;
    private const int LongestAuthor = 200;

    /// <summary>The commits since the last release that was built from an earlier commit, each with its link.</summary>
    /// <param name="row">The build, whose commit is known.</param>
    /// <param name="mirror">The repository.</param>
    /// <param name="project">The project.</param>
    /// <param name="token">Ends it.</param>
    public async Task<ReleaseCommitsRequest> FindAsync(BuildRow row, ISourceMirror mirror, BuildProjectDocument project, CancellationToken token)
    {
        var previous = await FindPreviousAsync(row, mirror, token);
        var commits = await mirror.ListCommitsAsync(row.Commit!, previous?.Commit, ReleaseCommitsRequest.MostCommits, token);
        return new ReleaseCommitsRequest(row.Commit!, [.. commits.Select(commit => View(commit, project))]) { Previous = previous?.Version };
    }

    /// <summary>The newest release of another commit that the repository has, and that is not newer than what is built.</summary>
    private async Task<ReleaseCommitsView?> FindPreviousAsync(BuildRow row, ISourceMirror mirror, CancellationToken token)
    {
        var own = row.Version is { } text ? PythonVersion.Parse(text) : null;
        foreach (var known in (await releases.ListAsync(row.Project, token)).Where(known => known.Commit != row.Commit))
        {
            if (own is not null && PythonVersion.Parse(known.Version) >= own) continue;
            if (await mirror.HasAsync(known.Commit, token)) return known;
        }

        return null;
    }

    private static CommitView View(SourceCommit commit, BuildProjectDocument project) => new(
        commit.Sha, commit.At, commit.Author is null ? null : Excerpt.Of(commit.Author, LongestAuthor - 1), Excerpt.Of(commit.Subject, LongestSubject - 1), project.LinkTo(commit.Sha));
}
