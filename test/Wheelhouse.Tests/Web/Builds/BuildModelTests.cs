using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Web.Builds;

namespace Wheelhouse.Tests.Web.Builds;

public sealed class BuildModelTests
{
    private static readonly BuildView Build = new()
    {
        Id = "b1",
        Project = "acme",
        By = "ada",
        Trigger = BuildTriggers.Push,
        State = BuildStates.Succeeded,
        Version = "1.1",
        Rollouts = [new("r2", "shop", "staging", "succeeded"), new("r1", "shop", "staging", "failed"), new("r0", "secret", "staging", null)],
        Refusals = [new("shop", "staging", "It was held.", null), new("shop", "production", "It is held.", "Lift the hold.")],
    };

    private static readonly ServiceView[] Services =
    [
        new("shop", "Acme[gunicorn]", 1, [Environment("staging", "1.1"), Environment("production", "1.0")]),
        new("other", "acme-other", 1, [Environment("production", "1.0")]),
    ];

    [Fact]
    public void A_release_goes_where_a_service_that_one_may_see_installs_it()
    {
        var places = BuildPlace.Of(Build, Services, new Caller("ada", Roles.Deployer, [], ["production"], []));
        Assert.Equal([("shop", "staging", "1.1", false), ("shop", "production", "1.0", true)], places.Select(place => (place.Service, place.Environment, place.Runs, place.MayDeploy)));
        Assert.Equal(["r2", "r1"], places[0].Rollouts.Select(rollout => rollout.Rollout));
        Assert.Null(places[0].Refusal);
        Assert.Equal("It is held.", places[1].Refusal!.Error);
        Assert.Empty(BuildPlace.Of(Build with { Trigger = BuildTriggers.WorkingTree }, Services, new Caller("ada", Roles.Admin, [], [], [])));
        Assert.Empty(BuildPlace.Of(Build with { State = BuildStates.Failed }, Services, new Caller("ada", Roles.Admin, [], [], [])));
    }

    [Fact]
    public void What_makes_a_page_heavy_is_left_to_be_read_later()
    {
        var commits = Enumerable.Range(0, BuildModel.MostCommits + 7).Select(i => new CommitView($"{i:x40}", default, "ada", "work")).ToList();
        var tests = new BuildTestsView(1, 1, 0, 1, [new("test_a", "assert", new string('x', 16_000))], []);
        var model = BuildModel.Of(Build with { Commits = commits, Tests = tests }, [], mayAct: true);
        Assert.Equal((BuildModel.MostCommits, 7), (model.Build.Commits.Count, model.MoreCommits));
        Assert.Equal(("test_a", ""), (model.Build.Tests!.Failures[0].Name, model.Build.Tests.Failures[0].Output));
    }

    private static EnvironmentView Environment(string name, string version) => new(name, version, null, null, null, null, 0, []);
}
