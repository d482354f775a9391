using System.Reflection;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Tests.Web;

public sealed class LookTests
{
    public static TheoryData<string> RolloutStatesOfToday => [.. Constants(typeof(RolloutStates))];

    public static TheoryData<string> BuildStatesOfToday => [.. Constants(typeof(BuildStates))];

    public static TheoryData<string> NodeStatesOfToday => [.. Constants(typeof(NodeStates)).Where(state => state != "unknown")];

    [Theory]
    [MemberData(nameof(RolloutStatesOfToday))]
    public void Every_state_of_a_rollout_has_a_look(string state) => AssertKnown(Look.OfRollout(state));

    [Theory]
    [MemberData(nameof(BuildStatesOfToday))]
    public void Every_state_of_a_build_has_a_look(string state) => AssertKnown(Look.OfBuild(state));

    [Theory]
    [MemberData(nameof(NodeStatesOfToday))]
    public void Every_state_of_a_node_has_a_look(string state) => AssertKnown(Look.OfNode(state));

    [Fact]
    public void Looks_that_mean_different_things_differ_in_more_than_their_colour()
    {
        var looks = Constants(typeof(NodeStates)).Select(Look.OfNode).ToList();

        Assert.Equal(looks.Count, looks.DistinctBy(look => look.Word).Count());
        Assert.All(looks.GroupBy(look => look.Sign), same => Assert.Single(same.Select(look => look.Tone).Distinct()));
    }

    private static void AssertKnown(Look look) => Assert.NotEqual("?", look.Sign);

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
