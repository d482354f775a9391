using System.Globalization;

namespace Wheelhouse.Tests.Cli.Publishing.Git;

/// <summary>A git repository in a folder, with commits at the minutes that the test says.</summary>
internal sealed class WorkingTree(TempFolder folder, string name = "billing")
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private static readonly Dictionary<string, string?> Person = new(StringComparer.Ordinal)
    {
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_NAME"] = "Grace",
        ["GIT_COMMITTER_EMAIL"] = "grace@example.org",
        ["GIT_AUTHOR_DATE"] = "2020-01-01T00:00:00Z",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    public string Root { get; } = folder[name];

    public static async Task<WorkingTree> MakeAsync(TempFolder folder)
    {
        var tree = new WorkingTree(folder);
        Directory.CreateDirectory(Path.Combine(tree.Root, "dist"));
        await tree.GitAsync("init", "-q", "-b", "main");
        await tree.GitAsync("remote", "add", "origin", "git@git.example.org:acme/billing.git");
        return tree;
    }

    /// <summary>Commits an empty change; answers its hash.</summary>
    public async Task<string> CommitAsync(int minute, string subject)
    {
        await GitAsync(minute, "commit", "-q", "--allow-empty", "-m", subject);
        return await GitAsync("rev-parse", "HEAD");
    }

    public Task<string> GitAsync(params string[] arguments) => GitAsync(0, arguments);

    public async Task<string> GitAsync(int minute, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(Person, StringComparer.Ordinal) { ["GIT_COMMITTER_DATE"] = Start.AddMinutes(minute).ToString("O", CultureInfo.InvariantCulture) };
        var finished = await ChildProcess.RunAsync("git", ["-C", Root, .. arguments], TestContext.Current.CancellationToken, environment);
        Assert.True(finished.ExitCode == 0, finished.Errors);
        return finished.Output.Trim();
    }
}
