using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Builds.Versions;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>The bare repository of a project on this machine.</summary>
internal sealed partial class GitMirror(string path, GitRunner git) : ISourceMirror
{
    /// <summary>How large a file may be that is read as text.</summary>
    private const int LargestFile = 1 << 20;

    /// <summary>How many commits with a version are looked at for the nearest, the latest first: as many as git describe(1) does.</summary>
    private const int MostCandidates = 10;

    private const string Format = "--format=%H%x1f%an%x1f%ct%x1f%s";

    /// <summary>A tag's commit, when that was made, and the tag's name.</summary>
    private const string TagFormat =
        "--format=%(if)%(*objectname)%(then)%(*objectname) %(*committerdate:unix)%(else)%(objectname) %(committerdate:unix)%(end) %(refname:strip=2)";

    public string Path => path;

    /// <summary>Fetches it: new commits come, removed branches and tags go, and what was force-pushed is taken as it is now.</summary>
    /// <exception cref="SourceException">It cannot be fetched.</exception>
    public async Task UpdateAsync(GitRemote remote, CancellationToken token)
    {
        if (!File.Exists(System.IO.Path.Combine(path, "config")))
            await git.RunAsync("/", ["init", "--quiet", "--bare", "--template=", "--shared=0644", "--", path], null, token);
        RemoveLocks();
        await git.RunAsync(
            path, ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--", remote.Url.Text, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], remote, token);
        var branch = LsRemote.DefaultBranch(await git.RunAsync("/", ["ls-remote", "--symref", "--", remote.Url.Text, "HEAD"], remote, token));
        if (branch is not null) await git.RunAsync(path, ["symbolic-ref", "HEAD", branch], null, token);
    }

    /// <summary>
    /// Takes commits that the host does not have. No name stands for them, so git forgets them by itself after some weeks (gitglossary(7), unreachable object).
    /// </summary>
    /// <exception cref="SourceException">They are no good, or build on commits that are not here.</exception>
    public async Task ReceiveAsync(string commit, Stream pack, CancellationToken token)
    {
        _ = Checked(commit);
        var taken = await git.TryAsync(path, ["index-pack", "--stdin", "--fix-thin", "--strict", $"--max-input-size={git.MostBytes}"], null, token, pack);
        if (taken.ExitCode != 0 && IsIncomplete(taken.Errors)) throw Incomplete();
        if (taken.ExitCode != 0) throw new SourceException("bad_pack", $"Git does not take what was sent: {GitRunner.LastLines(taken.Errors)}", "Is it whole, and not larger than builds.git.max_fetch_mib?");
        if (!await HasAsync(commit, token)) throw Incomplete();
        var whole = await git.TryAsync(path, ["rev-list", "--objects", "--quiet", commit, "--not", "--all"], null, token);
        if (whole.ExitCode != 0) throw Incomplete();

        SourceException Incomplete() => new(ProblemCodes.MissingCommits, $"The commit {commit[..7]} builds on commits that neither were sent nor are at the project's git host.", "Push them, or send all of them.");
    }

    /// <inheritdoc/>
    public async Task<SourceRef?> ResolveAsync(string? reference, CancellationToken token)
    {
        if (reference is null)
        {
            var head = await git.TryAsync(path, ["symbolic-ref", "--quiet", "HEAD"], null, token);
            return head.ExitCode == 0 ? await FindAsync(Text(head.Output).Trim(), token) : null;
        }

        if (!Name().IsMatch(reference)) return null;
        if (reference.StartsWith("refs/", StringComparison.Ordinal) || Hash().IsMatch(reference)) return await FindAsync(reference, token);
        return await FindAsync($"refs/heads/{reference}", token) ?? await FindAsync($"refs/tags/{reference}", token);
    }

    /// <inheritdoc/>
    public async Task<bool> HasAsync(string commit, CancellationToken token) =>
        Hash().IsMatch(commit) && (await git.TryAsync(path, ["cat-file", "-e", commit + "^{commit}"], null, token)).ExitCode == 0;

    /// <inheritdoc/>
    public async Task<string?> ReadFileAsync(string commit, string path, CancellationToken token)
    {
        var entry = Text(await git.RunAsync(Path, ["ls-tree", "-z", "--long", "--full-tree", Checked(commit), "--", path], null, token));
        if (Entry().Match(entry) is not { Success: true } found) return null;
        if (found.Groups["mode"].Value == "120000") throw Unread("is a symbolic link", "Make it a file.");
        if (found.Groups["type"].Value != "blob") throw Unread("is no file", "Make it one.");
        if (long.Parse(found.Groups["size"].Value, CultureInfo.InvariantCulture) > LargestFile) throw Unread($"is larger than {LargestFile >> 20} MiB", "Make it smaller.");
        var blob = await git.RunAsync(Path, ["cat-file", "blob", found.Groups["object"].Value], null, token);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(blob.Span);
        }
        catch (DecoderFallbackException)
        {
            throw Unread("is not UTF-8", "Save it in that encoding.");
        }

        SourceException Unread(string flaw, string fix) => new("bad_file", $"The file {path} of the commit {commit[..7]} {flaw}, and is not read.", fix);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceCommit>> ListCommitsAsync(string commit, string? since, int most, CancellationToken token)
    {
        string[] left = since is null ? [] : ["^" + Checked(since)];
        return Commits(await git.RunAsync(path, ["log", "--no-show-signature", "--no-merges", $"--max-count={most}", Format, Checked(commit), .. left, "--"], null, token));
    }

    /// <inheritdoc/>
    public async Task<SourceCommit> ReadCommitAsync(string commit, CancellationToken token) =>
        Commits(await git.RunAsync(path, ["log", "--no-show-signature", "--max-count=1", Format, Checked(commit), "--"], null, token)).Single();

    /// <inheritdoc/>
    public async Task<SourceDescription?> DescribeAsync(string commit, CancellationToken token)
    {
        // Git describe(1) cannot do it: it knows no versions, and stops at tags that only look like one.
        var tags = await git.RunAsync(path, ["for-each-ref", $"--merged={Checked(commit)}", TagFormat, "refs/tags/[0-9]*", "refs/tags/[vV][0-9]*"], null, token);
        SourceDescription? nearest = null;
        foreach (var (tagged, version) in Candidates(Text(tags)))
        {
            var count = await git.RunAsync(path, ["rev-list", "--count", commit, "^" + tagged, "--"], null, token);
            var distance = int.Parse(Text(count), CultureInfo.InvariantCulture);
            if (nearest is null || distance < nearest.Distance) nearest = new SourceDescription(version, distance);
            if (distance == 0) break;
        }

        return nearest;
    }

    /// <summary>A git that was killed leaves its locks; no other runs now.</summary>
    private void RemoveLocks()
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.lock").Concat(Directory.EnumerateFiles(System.IO.Path.Combine(path, "refs"), "*.lock", SearchOption.AllDirectories)).ToList())
            File.Delete(file);
    }

    private static bool IsIncomplete(string errors) =>
        errors.Contains("unresolved delta", StringComparison.Ordinal) || errors.Contains("did not receive expected object", StringComparison.Ordinal);

    private static string Checked(string commit) => Hash().IsMatch(commit) ? commit : throw new SourceException("no_commit", $"'{commit}' is not the full hash of a commit.");

    /// <summary>The latest commits whose tags are versions, each with the highest of them.</summary>
    private static IEnumerable<(string Commit, PythonVersion Version)> Candidates(string tags) =>
        (from line in tags.Split('\n', StringSplitOptions.RemoveEmptyEntries)
         let parts = line.Split(' ', 3)
         let version = TagVersion.Find(parts[^1])
         where version is not null
         orderby SecondsOf(parts[1]) descending, version descending
         select (parts[0], version)).DistinctBy(candidate => candidate.Item1).Take(MostCandidates);

    private static List<SourceCommit> Commits(ReadOnlyMemory<byte> output) =>
        [.. Text(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\x1f', 4)).Where(parts => parts.Length == 4).Select(Read)];

    private static SourceCommit Read(string[] parts) =>
        new(parts[0], DateTimeOffset.FromUnixTimeSeconds(SecondsOf(parts[2])), parts[1].Length == 0 ? null : parts[1], parts[3]);

    /// <summary>Git prints 0 for a date that it cannot read, and takes years that no calendar here has.</summary>
    private static long SecondsOf(string date) => long.TryParse(date, NumberStyles.Integer, CultureInfo.InvariantCulture, out var read) ? Math.Clamp(read, 0, uint.MaxValue) : 0;

    private static string Text(ReadOnlyMemory<byte> output) => Encoding.UTF8.GetString(output.Span);

    private async Task<SourceRef?> FindAsync(string name, CancellationToken token)
    {
        var result = await git.TryAsync(path, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], null, token);
        return result.ExitCode == 0 ? new SourceRef(name, Text(result.Output).Trim()) : null;
    }

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.None, 1000)]
    private static partial Regex Hash();

    /// <summary>A line of git ls-tree(1) with sizes.</summary>
    [GeneratedRegex("^(?<mode>[0-7]+) (?<type>[a-z]+) (?<object>[0-9a-f]+) +(?<size>[0-9]+|-)\t", RegexOptions.None, 1000)]
    private static partial Regex Entry();

    /// <summary>What git check-ref-format(1) lets through, and nothing that means more to rev-parse.</summary>
    [GeneratedRegex(@"^(?![-./])(?!.*(?:\.\.|@\{|//|\.lock$))[^\x00-\x20\x7f~^:?*\[\\]{1,250}(?<![./])$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
