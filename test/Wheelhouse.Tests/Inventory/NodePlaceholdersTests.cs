using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory;

public sealed class NodePlaceholdersTests
{
    private static readonly InventoryNode Node = new("app1", "10.0.0.1", "deploy", null, null, new Dictionary<string, string>(StringComparer.Ordinal) { ["zone"] = "eu-1", ["note"] = "a 'b'" });

    [Theory]
    [InlineData("--name {node.name} --at {node.address}", "--name app1 --at 10.0.0.1")]
    [InlineData("ZONE={node.label.zone}", "ZONE=eu-1")]
    [InlineData("{current}/bin/x {node.user}", "{current}/bin/x deploy")]
    [InlineData("""{"a":"{node.label.zone}"}""", """{"a":"eu-1"}""")]
    public void A_nodes_values_stand_in_a_text(string text, string expected)
    {
        Assert.Null(NodePlaceholders.FindProblem(text, Node));
        Assert.Equal(expected, NodePlaceholders.Fill(text, Node));
    }

    [Theory]
    [InlineData("{node.port}", "has no port")]
    [InlineData("{node.label.rack}", "has no label 'rack'")]
    [InlineData("{node.label.note}", "cannot stand for")]
    public void What_a_node_lacks_or_what_could_end_a_word_is_told_and_never_filled_in(string text, string problem)
    {
        Assert.Contains(problem, NodePlaceholders.FindProblem(text, Node));
        Assert.Equal(text, NodePlaceholders.Fill(text, Node));
    }

    [Fact]
    public void A_mistyped_one_is_an_error_of_the_document()
    {
        var errors = new DocumentErrors();
        NodePlaceholders.Check(YamlComposer.Compose("processes:\n  - start: run {node.nam}\n    env: { A: \"{node.label.}\", B: \"{node.label.b}\" }\n", errors)[0].Root!, "", errors);
        Assert.Equal([(2, "processes[0].start"), (3, "processes[0].env.A")], errors.ToList().Select(error => (error.Line, error.Field)));
    }
}
