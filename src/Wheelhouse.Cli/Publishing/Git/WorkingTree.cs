namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>
/// A working tree as it lies there, as a commit: with what is changed, added and not ignored, and without what is removed. Nothing of it is written into the
/// repository: index and objects are files of a folder of their own, until it is disposed of.
/// </summary>
internal sealed class WorkingTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wheelhouse-tree-");
    private readonly GitProgram _git;

    private WorkingTree(string root, string index, string objects)
    {
        if (File.Exists(index)) File.Copy(index, Index);
        _git = new GitProgram(root, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GIT_INDEX_FILE"] = Index,
            ["GIT_OBJECT_DIRECTORY"] = _folder.CreateSubdirectory("objects").FullName,
            ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = objects,
        });
    }

    /// <summary>The full hash of the commit: what is checked out, when nothing is changed.</summary>
    public string Commit { get; private set; } = "";

    /// <summary>Whether anything is not committed.</summary>
    public bool IsChanged { get; private set; }

    private string Index => Path.Combine(_folder.FullName, "index");

    /// <summary>Reads the working tree around a folder.</summary>
    /// <exception cref="GitException">It is none, has no commit yet, or git cannot read it.</exception>
    public static async Task<WorkingTree> ReadAsync(string directory, CancellationToken token)
    {
        var git = new GitProgram(directory);
        var root = await git.FindAsync(token, "rev-parse", "--show-toplevel") ?? throw new GitException($"{directory} is in no working tree of git.");
        var head = await git.FindAsync(token, "rev-parse", "--verify", "HEAD^{commit}") ?? throw new GitException("there is no commit yet. Make the first one.");
        var tree = new WorkingTree(root, await PathAsync("index"), await PathAsync("objects"));
        try
        {
            await tree.CommitAsync(head, token);
            return tree;
        }
        catch
        {
            tree.Dispose();
            throw;
        }

        async Task<string> PathAsync(string name) => Path.GetFullPath(await git.AskAsync(token, "rev-parse", "--git-path", name), directory);
    }

    /// <summary>Packs the commit and what it builds on.</summary>
    /// <param name="isWhole">Whether to pack all of it; else what branches of remotes have is left out.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The pack, to be read once.</returns>
    public async Task<Stream> PackAsync(bool isWhole, CancellationToken token)
    {
        var known = isWhole ? "" : await _git.AskAsync(token, "for-each-ref", "--format=^%(objectname)", "refs/remotes");
        var hash = await _git.TellAsync([Commit, .. known.Split('\n', StringSplitOptions.RemoveEmptyEntries)], token, "pack-objects", "--quiet", "--revs", Path.Combine(_folder.FullName, "pack"));
        return File.OpenRead(Path.Combine(_folder.FullName, $"pack-{hash}.pack"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task CommitAsync(string head, CancellationToken token)
    {
        await _git.AskAsync(token, "-c", "advice.addEmbeddedRepo=false", "add", "--all", ".");
        var now = await _git.AskAsync(token, "write-tree");
        IsChanged = now != await _git.AskAsync(token, "rev-parse", head + "^{tree}");
        Commit = IsChanged
            ? await _git.AskAsync(token, "-c", $"user.name={await NameAsync(token)}", "-c", "user.email=", "commit-tree", now, "-p", head, "-m", "Working tree, not committed")
            : head;
    }

    private async Task<string> NameAsync(CancellationToken token) => await _git.FindAsync(token, "config", "user.name") is { Length: > 0 } name ? name : Environment.UserName;
}
