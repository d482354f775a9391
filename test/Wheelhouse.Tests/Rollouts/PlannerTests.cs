using CsCheck;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Rollouts.Planning;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>Batches, changes and the choice between reload and restart.</summary>
public sealed class PlannerTests
{
    private static readonly LockedPackage App1 = new("acme", "1.0", "acme-1.0-py3-none-any.whl", "a1");
    private static readonly LockedPackage App2 = new("acme", "1.1", "acme-1.1-py3-none-any.whl", "a2");
    private static readonly LockedPackage Gunicorn1 = new("gunicorn", "20.1.0", "gunicorn-20.1.0-py3-none-any.whl", "c1");
    private static readonly LockedPackage Gunicorn2 = new("gunicorn", "20.1.0", "gunicorn-20.1.0-py3-none-any.whl", "c2");

    [Theory]
    [InlineData("1", 3, "1,1,1")]
    [InlineData("1,25%", 10, "1,3,3,3")]
    [InlineData("50%", 5, "3,2")]
    [InlineData("100%", 4, "4")]
    [InlineData("1,100", 3, "1,2")]
    [InlineData("1%", 2, "1,1")]
    public void Cuts_batches(string sizes, int nodes, string expected)
    {
        var policy = sizes.Split(',').Select(size => NodeCount.TryParse(size, out var count) ? count : throw new FormatException(size)).ToList();
        var batches = BatchSizes.Cut([.. Enumerable.Range(1, nodes).Select(i => $"app{i}")], policy);
        Assert.Equal(expected, string.Join(',', batches.Select(batch => batch.Count)));
    }

    [Fact]
    public void Every_node_is_in_exactly_one_batch_in_order() =>
        Gen.Select(Gen.Int[1, 50], Gen.Select(Gen.Int[1, 100], Gen.Bool).List[1, 5]).Sample((nodes, sizes) =>
        {
            var names = Enumerable.Range(1, nodes).Select(i => $"app{i}").ToList();
            var batches = BatchSizes.Cut(names, [.. sizes.Select(size => new NodeCount(size.Item1, size.Item2))]);
            return batches.SelectMany(batch => batch).SequenceEqual(names) && batches.All(batch => batch.Count > 0);
        });

    [Fact]
    public void Shows_what_is_added_removed_and_changed()
    {
        var plan = Planner.Make("1.1", [Node("app1", [App1, Gunicorn1], [App2])], new PolicyDocument());
        Assert.Equal([new PackageChange("acme", "1.0", "1.1"), new PackageChange("gunicorn", "20.1.0", null)], plan.Changes);
    }

    [Fact]
    public void Leaves_out_nodes_that_failed_or_need_nothing()
    {
        var plan = Planner.Make(
            "1.1",
            [Node("app1", [App1], [App2]), Node("app2", [App2], [App2]) with { IsDone = true }, Node("app3", null, null) with { Problem = "unreachable" }],
            new PolicyDocument());
        Assert.Equal([["app1"]], plan.Batches);
        Assert.Equal("unreachable", plan.Nodes[2].Problem);
    }

    [Fact]
    public void Restarts_when_the_masters_own_packages_change_or_are_not_known()
    {
        IReadOnlySet<string> masters = new HashSet<string> { "gunicorn" };
        Assert.False(Planner.NeedsRestart([App1, Gunicorn1], [App2, Gunicorn1], masters));
        Assert.True(Planner.NeedsRestart([App1, Gunicorn1], [App2, Gunicorn2], masters));
        Assert.True(Planner.NeedsRestart([App1], [App2, Gunicorn1], masters));
        Assert.True(Planner.NeedsRestart(null, [App2], masters));
    }

    [Fact]
    public void The_digest_of_a_lock_depends_on_the_files_and_the_python_alone()
    {
        Assert.Equal(LockedPackage.Digest([App1, Gunicorn1], "3.11"), LockedPackage.Digest([Gunicorn1, App1], "3.11"));
        Assert.NotEqual(LockedPackage.Digest([App1, Gunicorn1], "3.11"), LockedPackage.Digest([App1, Gunicorn2], "3.11"));
        Assert.NotEqual(LockedPackage.Digest([App1], "3.11"), LockedPackage.Digest([App1], "3.12"));
    }

    private static NodeToPlan Node(string name, IReadOnlyList<LockedPackage>? before, IReadOnlyList<LockedPackage>? after) =>
        new(name, before is null ? null : "1.0-x", after is null ? null : "1.1-x", Ready: false, IsDone: false, Problem: null, before, after);
}
