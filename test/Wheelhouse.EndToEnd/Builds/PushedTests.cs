using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Builds;

/// <summary>From a push to the git host to nodes that serve it, with nobody in between.</summary>
public sealed class PushedTests
{
    private static readonly string Failing = GitHost.GoodTest + "\ndef test_greeting():\n    assert answer('/')[1] == b'good day'\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_becomes_a_release_that_two_nodes_serve_and_one_with_a_failing_test_does_not()
    {
        var service = new HelloService { Environment = "deploy: automatic" };
        await using var lab = await Lab.StartAsync(await Fleet.StartAsync(2, Token), GitHost.Allow, Token, service);
        await lab.UploadAsync(Token, [.. await Wheels.BuildToolsAsync(lab.Folder, Token)]);
        using var host = await GitHost.StartAsync(lab.Server, lab.Cli, lab.Folder, Token);

        await DeployedAsync(lab, host, "1.0.0");
        await DeployedAsync(lab, host, "1.1.0");

        var failed = await host.EndedAsync(await host.PushAsync("1.2.0", Failing, Token), Token);
        Assert.Equal((BuildStates.Failed, "tests_failed"), (failed.State, failed.Code));
        Assert.Contains("tests.test_wsgi.test_greeting", failed.Error, StringComparison.Ordinal);
        Assert.Equal("tests.test_wsgi.test_greeting", Assert.Single(failed.Tests!.Failures).Name);
        Assert.DoesNotContain(failed.Steps, step => step.Step == "publish");
        var releases = (await lab.Server.Client.GetProjectAsync(GitHost.Project, Token)).Releases;
        Assert.Equal(["1.0.0", "1.1.0"], releases.Select(release => release.Version).Order(StringComparer.Ordinal));
        Assert.Equal("1.1.0 1.1.0", await lab.Fleet.VersionsAsync(Token));

        await lab.Cli.CheckAsync(Token, "revert", lab.Service.Name, Lab.Environment);
        Assert.Equal("1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Equal(["1.0.0", "1.1.0", "1.0.0"], (await RolloutsAsync(lab)).Select(rollout => rollout.Version).Reverse());
    }

    private static async Task DeployedAsync(Lab lab, GitHost host, string version)
    {
        var build = await host.EndedAsync(await host.PushAsync(version, GitHost.GoodTest, Token), Token);
        Assert.True(build.State == BuildStates.Succeeded, $"{build.State}: {build.Error}\n{lab.Server.Log}");
        Assert.Equal((version, BuildTriggers.Push, "ada", 2), (build.Version, build.Trigger, build.By, build.Tests!.Passed));
        var release = (await lab.Server.Client.GetProjectAsync(GitHost.Project, Token)).Releases.Single(release => release.Version == version);
        Assert.Equal([$"acme-hello-{version}.tar.gz", $"acme_hello-{version}-py3-none-any.whl"], release.Files.Select(file => file.FileName).Order(StringComparer.Ordinal));
        Assert.All(release.Files, file => Assert.EndsWith($"/builds/{build.Id}", file.Build, StringComparison.Ordinal));

        await Eventually.TrueAsync(async () => (await RolloutsAsync(lab)) is [var newest, ..] && newest.Version == version, $"a rollout of {version}", TimeSpan.FromSeconds(30), Token);
        var rollout = await lab.EndedAsync((await RolloutsAsync(lab))[0].Id, TimeSpan.FromSeconds(90), Token);
        Assert.True(rollout.State == RolloutStates.Succeeded, $"{rollout.Error}\n{lab.Server.Log}");
        Assert.Equal(("automatic", $"{version} {version}"), (rollout.By, await lab.Fleet.VersionsAsync(Token)));
        Assert.Contains(build.Id, rollout.Reason, StringComparison.Ordinal);
        var following = Assert.Single((await lab.Server.Client.GetBuildAsync(build.Id, Token)).Rollouts);
        Assert.Equal((rollout.Id, RolloutStates.Succeeded), (following.Rollout, following.State));
    }

    private static Task<IReadOnlyList<RolloutView>> RolloutsAsync(Lab lab) => lab.Server.Client.ListRolloutsAsync(HelloService.DefaultName, Lab.Environment, limit: 10, before: null, Token);
}
