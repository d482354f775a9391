using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Static;

/// <summary>The query of the static inventory: the list itself.</summary>
public sealed record StaticOptions : IValidatableObject
{
    /// <summary>The nodes in the order of activation.</summary>
    [Shorthand]
    public required IReadOnlyList<StaticNode> Nodes { get; init; }

    /// <summary>Refuses an empty list, names given twice, and values that ssh must not see.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Nodes.Count == 0) yield return new ValidationResult("The list of nodes is empty; name at least one.", ["nodes"]);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Nodes.Count; i++)
        {
            var node = Nodes[i].ToNode();
            if (node.FindProblem() is { } problem) yield return new ValidationResult(problem, [$"nodes[{i}]"]);
            else if (!names.Add(node.Name))
                yield return new ValidationResult($"The node '{node.Name}' is listed twice; remove one or give it another name.", [$"nodes[{i}]"]);
        }
    }
}
