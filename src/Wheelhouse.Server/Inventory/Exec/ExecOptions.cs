using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Exec;

/// <summary>The query of the inventory that is a program.</summary>
public sealed record ExecOptions : IValidatableObject
{
    /// <summary>The absolute path of the program and its arguments, each as it is: no shell reads them.</summary>
    [Shorthand]
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Refuses a command without the path of a program.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Command.Count == 0) yield return new ValidationResult("The command is empty; write the path of a program, then its arguments.", ["command"]);
        else if (!Path.IsPathFullyQualified(Command[0]))
            yield return new ValidationResult($"The program '{Command[0]}' is not an absolute path; write it from '/' on.", ["command[0]"]);
    }
}
