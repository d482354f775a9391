using System.Globalization;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>Finds in a git working tree which commits a release contains that no release before it does.</summary>
/// <param name="git">Git, in the working tree.</param>
internal sealed class ReleaseHistory(GitProgram git)
{
    /// <summary>The latest releases are enough to find the one before.</summary>
    private const int MostCandidates = 30;
    private const int LongestSubject = 300;
    private const int LongestAuthor = 200;

    /// <summary>Whether a folder is in a working tree.</summary>
    public static bool IsIn(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return true;
        }

        return false;
    }

    /// <summary>What to say of the release that was built from the checked-out commit.</summary>
    /// <param name="version">The release.</param>
    /// <param name="known">The releases of which commits are known, the one that was said last first.</param>
    /// <param name="token">Ends the questions.</param>
    /// <exception cref="GitException">Git cannot tell, and why.</exception>
    public async Task<ReleaseCommitsRequest> ReadAsync(string version, IReadOnlyList<ReleaseCommitsView> known, CancellationToken token)
    {
        var head = await git.AskAsync(token, "rev-parse", "--verify", "HEAD^{commit}");
        var others = known.Where(release => release.Version != version).Take(MostCandidates).ToList();
        var previous = await FindPreviousAsync(head, others, token);
        if (previous is null && others.Count > 0 && await git.AskAsync(token, "rev-parse", "--is-shallow-repository") == "true")
            throw new GitException("the clone is shallow and does not reach the release before. Clone the whole history, as with 'fetch-depth: 0'.");
        // Where nothing tells what a release adds, it is known to contain the commit that it was built from.
        string[] range = previous is null ? ["-n", "1", head] : ["-n", ReleaseCommitsRequest.MostCommits.ToString(CultureInfo.InvariantCulture), $"{previous.Commit}..{head}"];
        var log = await git.AskAsync(token, ["log", "--no-merges", "--no-color", "--format=%H%x00%ct%x00%aN%x00%s", .. range]);
        var link = await git.FindAsync(token, "remote", "get-url", "origin") is { } remote ? CommitLink.FindBase(remote) : null;
        return new ReleaseCommitsRequest(head, [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(line, link))]) { Previous = previous?.Version };
    }

    /// <summary>
    /// The release since which there are the fewest commits, and of several the one that has the fewest of its own, as on another branch. One that
    /// came after the checked-out commit is none.
    /// </summary>
    private async Task<ReleaseCommitsView?> FindPreviousAsync(string head, IReadOnlyList<ReleaseCommitsView> releases, CancellationToken token)
    {
        var (nearest, distance) = ((ReleaseCommitsView?)null, (Since: int.MaxValue, Own: int.MaxValue));
        foreach (var release in releases)
        {
            if (await git.FindAsync(token, "rev-list", "--left-right", "--count", $"{release.Commit}...{head}") is not { } text) continue;
            int[] counts = [.. text.Split('\t').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
            var found = (Since: counts[1], Own: counts[0]);
            if (found.CompareTo(distance) < 0 && found is not (Since: 0, Own: > 0)) (nearest, distance) = (release, found);
        }

        return nearest;
    }

    private static CommitView Parse(string line, string? link)
    {
        var parts = line.Split('\0', 4);
        return new CommitView(
            parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)), Plain(parts[2], LongestAuthor), Plain(parts[3], LongestSubject),
            link is null ? null : link + parts[0]);
    }

    private static string Plain(string text, int longest)
    {
        var plain = new string([.. text.Where(character => !char.IsControl(character))]);
        return plain.Length <= longest ? plain : plain[..(longest - 1)] + "…";
    }
}
