using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Delivery.Undeployed;

/// <summary>Tells which releases are newer than the one that runs, and which commits they bring. Pure.</summary>
internal static class UndeployedReleases
{
    /// <summary>
    /// The releases after the one that runs by version (PEP 440), the newest first; those that are yanked are left out, and pre-releases unless one
    /// runs: what they bring is counted with the release that they lead to.
    /// </summary>
    /// <param name="running">The version that runs; null for none.</param>
    /// <param name="releases">All releases on the index.</param>
    /// <param name="said">What is known of their commits.</param>
    public static IReadOnlyList<UndeployedRelease> Find(string? running, IReadOnlyList<ReleaseView> releases, IReadOnlyList<ReleaseCommitsView> said)
    {
        var known = said.ToDictionary(release => release.Version, StringComparer.Ordinal);
        var now = running is null ? null : PythonVersion.Parse(running);
        var newer = releases.Select(release => (Version: PythonVersion.Parse(release.Version), Release: release))
            .Where(one => now is null || one.Version > now)
            .Where(one => !one.Version.IsPrerelease || now?.IsPrerelease == true)
            .Where(one => one.Release.Files.Any(file => file.Yanked is null))
            .OrderBy(one => one.Version);
        var versions = new HashSet<string>(StringComparer.Ordinal);
        var shas = new HashSet<string>(StringComparer.Ordinal);
        if (running is not null) Bring(running, known, versions, shas);
        var found = newer.Select(one => new UndeployedRelease(one.Release.Version, one.Release.UploadedAt, Bring(one.Release.Version, known, versions, shas))).ToList();
        found.Reverse();
        return found;
    }

    /// <summary>When the oldest change was committed, or published where no commits are known; null without any.</summary>
    public static DateTimeOffset? FindOldest(IReadOnlyList<UndeployedRelease> releases) => releases
        .SelectMany(release => release.Commits is null ? [release.PublishedAt] : release.Commits.Select(commit => commit.At)).Min(at => (DateTimeOffset?)at);

    /// <summary>The commits of a release and of those before it that were not brought yet; null when those of the release itself are not known.</summary>
    private static List<CommitView>? Bring(string version, Dictionary<string, ReleaseCommitsView> known, HashSet<string> versions, HashSet<string> shas)
    {
        var commits = new List<CommitView>();
        for (var next = version; next is not null && versions.Add(next); next = known.GetValueOrDefault(next)?.Previous)
            commits.AddRange((known.GetValueOrDefault(next)?.Commits ?? []).Where(commit => shas.Add(commit.Sha)));
        return known.ContainsKey(version) ? commits : null;
    }
}
