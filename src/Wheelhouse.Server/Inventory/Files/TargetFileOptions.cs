using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Files;

/// <summary>The query of the file inventory.</summary>
public sealed record TargetFileOptions : IValidatableObject
{
    /// <summary>The absolute path of a file, or of several by <c>*</c> and <c>?</c> in its last part; it ends with <c>.json</c>, <c>.yml</c> or <c>.yaml</c>.</summary>
    [Shorthand]
    public required string Path { get; init; }

    /// <summary>Refuses a path that names no such file.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!System.IO.Path.IsPathFullyQualified(Path)) yield return new ValidationResult($"'{Path}' is not an absolute path; write it from '/' on.", ["path"]);
        else if (System.IO.Path.GetExtension(Path) is not (".json" or ".yml" or ".yaml"))
            yield return new ValidationResult($"'{Path}' ends with neither .json, .yml nor .yaml; name a file in one of these forms.", ["path"]);
        else if (System.IO.Path.GetDirectoryName(Path)!.AsSpan().ContainsAny('*', '?'))
            yield return new ValidationResult($"'{Path}' has * or ? before its last part; write them in the file's name only.", ["path"]);
    }
}
