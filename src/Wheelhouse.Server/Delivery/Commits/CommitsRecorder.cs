using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index;

namespace Wheelhouse.Server.Delivery.Commits;

/// <summary>Records which commits a release contains, as an event. Uploads from CI and builds call it.</summary>
internal sealed class CommitsRecorder(IndexQueries index, ReleaseLog releases, EventLog events)
{
    /// <summary>Records them. The same again changes nothing, something else replaces what was said before.</summary>
    /// <param name="project">The project, normalised or not.</param>
    /// <param name="version">The release, in any spelling.</param>
    /// <param name="said">What is said of it.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="token">Ends the request before it is recorded.</param>
    /// <exception cref="ApiException">400: a field is wrong; 404: there is no such release.</exception>
    public async Task RecordAsync(string project, string version, ReleaseCommitsRequest said, string by, CancellationToken token)
    {
        if (await FindAsync(project, version, token) is not { } release)
        {
            throw new ApiException(
                404, ProblemCodes.UnknownRelease, $"The index has no {project} {version}.", "Publish its files first; then say which commits it contains.");
        }

        var name = ProjectName.Normalize(project);
        var commits = CommitsCheck.Normalize(said, release);
        // 1.0 and 1.0.0 are one version; what is on the index decides how it is spelled.
        if (commits.Previous is { } before && await FindAsync(project, before, token) is { } spelled) commits = commits with { Previous = spelled.ToString() };
        // Two that say the same at the same time are both recorded, which harms nobody: what was said last counts.
        if (await releases.FindAsync(name, release.ToString(), token) is { } known && IsSame(known, commits)) return;
        var since = commits.Previous is { } previous ? $" since {previous}" : "";
        var brought = new NewEvent(EventTypes.ReleaseCommits, $"{name} {release} brings {Count(commits.Commits.Count)}{since}")
        {
            // Project and version come first: the log is searched by the beginning of this text.
            Data = new { project = name, version = release.ToString(), commits.Previous, commits.Commit, by, commits.Commits },
        };
        await events.AppendAsync(brought, token);
    }

    private async Task<PythonVersion?> FindAsync(string project, string version, CancellationToken token) =>
        await index.ListFilesAsync(project, version, token) is [var file, ..] ? file.Version : null;

    private static bool IsSame(ReleaseCommitsView known, ReleaseCommitsRequest said) =>
        (known.Commit, known.Previous) == (said.Commit, said.Previous) && known.Commits.SequenceEqual(said.Commits);

    private static string Count(int commits) => commits == 1 ? "1 commit" : $"{commits} commits";
}
