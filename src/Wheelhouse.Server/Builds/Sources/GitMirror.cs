using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>The bare repository of a project on this machine.</summary>
internal sealed partial class GitMirror(string path, GitRunner git) : ISourceMirror
{
    /// <summary>How large a file may be that is read as text.</summary>
    private const int LargestFile = 1 << 20;

    private const string Format = "--format=%H%x1f%an%x1f%ct%x1f%s";

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
        var name = $"{Checked(commit)}:{path}";
        var size = await git.TryAsync(Path, ["cat-file", "-s", name], null, token);
        if (size.ExitCode != 0 || long.Parse(Text(size.Output), CultureInfo.InvariantCulture) > LargestFile) return null;
        var blob = await git.TryAsync(Path, ["cat-file", "blob", name], null, token);
        if (blob.ExitCode != 0) return null;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(blob.Output.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
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
        var result = await git.TryAsync(path, ["describe", "--tags", "--long", "--match=v[0-9]*", "--match=[0-9]*", Checked(commit)], null, token);
        if (result.ExitCode != 0 || Described().Match(Text(result.Output).Trim()) is not { Success: true } match) return null;
        return new SourceDescription(match.Groups["tag"].Value, int.Parse(match.Groups["distance"].ValueSpan, CultureInfo.InvariantCulture));
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

    private static List<SourceCommit> Commits(ReadOnlyMemory<byte> output) =>
        [.. Text(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\x1f', 4)).Where(parts => parts.Length == 4).Select(Read)];

    private static SourceCommit Read(string[] parts)
    {
        // Git prints 0 for a date that it cannot read, and takes years that no calendar here has.
        var seconds = long.TryParse(parts[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out var read) ? Math.Clamp(read, 0, uint.MaxValue) : 0;
        return new SourceCommit(parts[0], DateTimeOffset.FromUnixTimeSeconds(seconds), parts[1].Length == 0 ? null : parts[1], parts[3]);
    }

    private static string Text(ReadOnlyMemory<byte> output) => Encoding.UTF8.GetString(output.Span);

    private async Task<SourceRef?> FindAsync(string name, CancellationToken token)
    {
        var result = await git.TryAsync(path, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], null, token);
        return result.ExitCode == 0 ? new SourceRef(name, Text(result.Output).Trim()) : null;
    }

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.None, 1000)]
    private static partial Regex Hash();

    /// <summary>What git check-ref-format(1) lets through, and nothing that means more to rev-parse.</summary>
    [GeneratedRegex(@"^(?![-./])(?!.*(?:\.\.|@\{|//|\.lock$))[^\x00-\x20\x7f~^:?*\[\\]{1,250}(?<![./])$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^(?<tag>.+)-(?<distance>[0-9]{1,9})-g[0-9a-f]+$", RegexOptions.None, 1000)]
    private static partial Regex Described();
}
