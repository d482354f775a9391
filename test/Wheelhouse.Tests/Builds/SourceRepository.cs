namespace Wheelhouse.Tests.Builds;

/// <summary>A real git repository of a test: a bare one as a host has it, and a working tree that pushes to it.</summary>
internal sealed class SourceRepository : IDisposable
{
    private readonly TempFolder _folder = new("wh-git");

    private static readonly Dictionary<string, string?> Variables = new(StringComparer.Ordinal)
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_NAME"] = "Ada",
        ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
        ["GIT_AUTHOR_DATE"] = "1700000000 +0000",
        ["GIT_COMMITTER_DATE"] = "1700000000 +0000",
    };

    /// <summary>The bare repository.</summary>
    public string Bare => _folder["bare.git"];

    /// <summary>The working tree.</summary>
    public string Tree => _folder["tree"];

    public static async Task<SourceRepository> CreateAsync(CancellationToken token)
    {
        var repository = new SourceRepository();
        await ChildProcess.CheckAsync("git", ["init", "--quiet", "--bare", "--initial-branch=main", repository.Bare], token, Variables);
        await ChildProcess.CheckAsync("git", ["init", "--quiet", "--initial-branch=main", repository.Tree], token, Variables);
        return repository;
    }

    /// <summary>Writes a file of the working tree.</summary>
    public SourceRepository Write(string path, string text)
    {
        _folder.Write(Path.Combine("tree", path), text);
        return this;
    }

    /// <summary>Runs git in the working tree.</summary>
    public Task<string> GitAsync(CancellationToken token, params string[] arguments) => ChildProcess.CheckAsync("git", ["-C", Tree, .. arguments], token, Variables);

    /// <summary>Commits everything and pushes it, also when that is no fast-forward.</summary>
    /// <returns>The commit's hash.</returns>
    public async Task<string> PushAsync(CancellationToken token, string message = "Change things", string branch = "main")
    {
        await GitAsync(token, "add", "--all", "--force");
        await GitAsync(token, "commit", "--quiet", "--allow-empty", "--message", message);
        await GitAsync(token, "push", "--quiet", "--force", "--tags", Bare, $"HEAD:refs/heads/{branch}");
        return (await GitAsync(token, "rev-parse", "HEAD")).Trim();
    }

    public void Dispose() => _folder.Dispose();
}
