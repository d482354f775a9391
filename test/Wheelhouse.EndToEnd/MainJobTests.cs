using System.Security.Cryptography;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>From twine to five nodes and back.</summary>
public sealed class MainJobTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_push_brings_a_release_to_five_nodes_and_another_takes_it_back()
    {
        await using var lab = await Lab.StartAsync(nodes: 5, Token, service: null, "1.0.0", "1.1.0");
        await InstallFromTheIndexAsync(lab, "1.0.0");

        await lab.DeployedAsync("1.0.0", Token);
        var masters = Masters(lab);
        var files = await FilesAsync(lab, "1.0.0");

        await lab.DeployedAsync("1.1.0", Token);
        Assert.Equal(masters, Masters(lab));
        await AssertStagedInParallelAndActivatedOneByOneAsync(lab);

        var reverted = await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment);
        Assert.True(reverted.ExitCode == 0, reverted.Output + reverted.Errors);
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Equal(masters, Masters(lab));
        Assert.Equal(files, await FilesAsync(lab, "1.0.0"));
        Assert.Empty((await LastStoryAsync(lab)).Of("stage/"));
        Assert.All(lab.Fleet.Nodes, node => Assert.EndsWith("/releases/" + CurrentRelease(lab, node), Current(lab, node), StringComparison.Ordinal));
    }

    /// <summary>A person's pip gets the very bytes that twine sent.</summary>
    private static async Task InstallFromTheIndexAsync(Lab lab, string version)
    {
        var environment = lab.Folder["venv"];
        await ChildProcess.CheckAsync("/usr/bin/python3", ["-m", "venv", environment], Token);
        var index = new UriBuilder(new Uri(lab.Server.Url, "simple/")) { UserName = "__token__", Password = ServerProcess.AdminToken };
        await ChildProcess.CheckAsync(
            $"{environment}/bin/pip", ["install", "--no-cache-dir", "--index-url", index.ToString(), $"acme-hello=={version}"], Token);
        Assert.Equal(version, (await ChildProcess.CheckAsync(
            $"{environment}/bin/python", ["-c", "import hello.wsgi; print(hello.wsgi.VERSION)"], Token)).Trim());

        await ChildProcess.CheckAsync(
            $"{environment}/bin/pip",
            ["download", "--no-cache-dir", "--no-deps", "--index-url", index.ToString(), "--dest", lab.Folder["downloaded"], $"acme-hello=={version}"],
            Token);
        var name = $"acme_hello-{version}-py3-none-any.whl";
        Assert.Equal(
            await File.ReadAllBytesAsync(lab.Folder[$"wheels/{name}"], Token), await File.ReadAllBytesAsync(lab.Folder[$"downloaded/{name}"], Token));
    }

    /// <summary>The log proves the barrier, that nodes staged at once, and that no two batches were ever activating at once.</summary>
    private static async Task AssertStagedInParallelAndActivatedOneByOneAsync(Lab lab)
    {
        var story = await LastStoryAsync(lab);
        var staged = story.Of("stage/");
        Assert.Equal(5, staged.Count);
        Assert.True(staged.Any(step => staged.Any(other => other != step && step.Overlaps(other))), $"No two nodes staged at once:\n{story}");

        var activated = story.Of("activate/");
        Assert.Equal(5, activated.Count);
        Assert.True(staged.Max(step => step.EndedAt) < activated.Min(step => step.StartedAt), $"The barrier does not hold:\n{story}");

        var rollout = await lab.LastRolloutAsync(Token);
        var active = new HashSet<int>();
        var batches = rollout.Nodes.ToDictionary(node => node.Name, node => node.Batch);
        foreach (var happened in story.Events.Where(happened => happened.Type == EventTypes.NodeState))
        {
            if (Story.Text(happened, "state") == "activating") active.Add(batches[happened.Node!]);
            else active.Remove(batches[happened.Node!]);
            Assert.True(active.Count <= 1, $"Two batches were activating at once:\n{story}");
        }

        Assert.Equal(RolloutStates.Succeeded, rollout.State);
        Assert.All(rollout.Nodes, node => Assert.Equal("good", node.State));
    }

    private static async Task<Story> LastStoryAsync(Lab lab) => new(await lab.EventsAsync((await lab.LastRolloutAsync(Token)).Id, Token));

    private static List<string> Masters(Lab lab) =>
        [.. lab.Fleet.Nodes.Select(node => File.ReadAllText(node.File(lab.Service.PidFile(lab.Fleet))).Trim())];

    private static string Current(Lab lab, TestNode node) =>
        Path.Combine(lab.Service.Root(lab.Fleet), new FileInfo(node.File(lab.Service.Root(lab.Fleet) + "/current")).LinkTarget!);

    private static string CurrentRelease(Lab lab, TestNode node) => Path.GetFileName(Current(lab, node));

    /// <summary>Every file of a release on every node with its hash, what Python compiled aside.</summary>
    private static async Task<List<string>> FilesAsync(Lab lab, string version)
    {
        List<string> found = [];
        foreach (var node in lab.Fleet.Nodes)
        {
            var releases = node.File(lab.Service.Root(lab.Fleet) + "/releases");
            var release = Directory.GetDirectories(releases, version + "-*").Single();
            foreach (var path in Directory.EnumerateFiles(release, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (path.Contains("/__pycache__/", StringComparison.Ordinal)) continue;
                var hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path, Token)));
                found.Add($"{node.Name} {Path.GetRelativePath(release, path)} {hash}");
            }
        }

        return found;
    }
}
