using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class CiBuildTests
{
    private static readonly RolloutRequest Deploy = new() { Version = "1.1.0" };

    [Fact]
    public void Outside_of_a_CI_there_is_no_key() => Assert.Null(Key(Deploy));

    [Fact]
    public void A_second_attempt_of_a_GitHub_job_has_the_key_of_the_first()
    {
        var first = Key(Deploy, ("GITHUB_RUN_ID", "7"), ("GITHUB_JOB", "ship"), ("GITHUB_REPOSITORY", "a/b"), ("GITHUB_RUN_ATTEMPT", "1"));
        var second = Key(Deploy, ("GITHUB_RUN_ID", "7"), ("GITHUB_JOB", "ship"), ("GITHUB_REPOSITORY", "a/b"), ("GITHUB_RUN_ATTEMPT", "2"));

        Assert.Equal(first, second);
        Assert.Equal("github%20a%2Fb%207%20ship/deploy/hello/production/1.1.0", first);
    }

    [Fact]
    public void A_retried_GitLab_job_has_a_new_id_and_the_old_key() => Assert.Equal(
        Key(Deploy, ("CI_JOB_ID", "1"), ("CI_PIPELINE_ID", "5"), ("CI_JOB_NAME", "ship")),
        Key(Deploy, ("CI_JOB_ID", "2"), ("CI_PIPELINE_ID", "5"), ("CI_JOB_NAME", "ship")));

    [Fact]
    public void Jenkins_builds_have_different_keys() => Assert.NotEqual(
        Key(Deploy, ("BUILD_TAG", "jenkins-ship-1")), Key(Deploy, ("BUILD_TAG", "jenkins-ship-2")));

    [Fact]
    public void One_job_that_deploys_and_reverts_asks_for_two_rollouts() => Assert.NotEqual(
        Key(Deploy, ("BUILD_TAG", "t")), Key(Deploy with { Kind = RolloutKinds.Revert }, ("BUILD_TAG", "t")));

    [Fact]
    public void A_long_key_is_cut_to_what_the_server_takes_and_stays_unique()
    {
        var many = Deploy with { Limit = [.. Enumerable.Range(1, 60).Select(number => $"node{number}")] };
        var fewer = many with { Limit = [.. many.Limit.SkipLast(1)] };

        Assert.InRange(Key(many, ("BUILD_TAG", "t"))!.Length, 1, 200);
        Assert.NotEqual(Key(many, ("BUILD_TAG", "t")), Key(fewer, ("BUILD_TAG", "t")));
    }

    [Fact]
    public async Task The_key_is_sent_and_a_known_one_is_said()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Ended("succeeded"));
        api.Rollout = Sample.Succeeded;
        api.AskStatus = 200;
        using var cli = new CliRunner(api.Url);
        cli.Environment["BUILD_TAG"] = "jenkins-ship-1";

        var result = await cli.RunAsync("deploy", "hello", "production", "1.1.0");

        Assert.Equal("jenkins%20jenkins-ship-1/deploy/hello/production/1.1.0", api.IdempotencyKey);
        Assert.Contains("no second one was started", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.example/a/b/actions/runs/7", "GITHUB_RUN_ID=7", "GITHUB_SERVER_URL=https://github.example", "GITHUB_REPOSITORY=a/b")]
    [InlineData("https://gitlab.example/a/b/-/jobs/9", "CI_JOB_URL=https://gitlab.example/a/b/-/jobs/9")]
    [InlineData("https://jenkins.example/job/ship/12/", "BUILD_URL=https://jenkins.example/job/ship/12/")]
    [InlineData("https://buildkite.example/a/12", "BUILDKITE_BUILD_URL=https://buildkite.example/a/12")]
    [InlineData(null)]
    public void A_build_has_a_page(string? page, params string[] variables)
    {
        using var host = Host([.. variables.Select(variable => variable.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
        Assert.Equal(page, CiBuild.Page(host));
    }

    private static string? Key(RolloutRequest request, params (string Name, string Value)[] variables)
    {
        using var host = Host(variables);
        return CiBuild.Key(host, "hello", "production", request);
    }

    private static CliHost Host((string Name, string Value)[] variables) => new()
    {
        Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        Input = TextReader.Null,
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        OpenConsole = colours => Consoles.Open(TextWriter.Null, terminal: false, colours),
    };
}
