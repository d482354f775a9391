using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>The query of the Ansible inventory.</summary>
public sealed record AnsibleOptions : IValidatableObject
{
    /// <summary>What <c>ansible-inventory -i</c> takes, in this order: absolute paths of files, directories, executable scripts or plugin configurations.</summary>
    [Shorthand]
    public required IReadOnlyList<string> Inventory { get; init; }

    /// <summary>Which hosts, as Ansible's pattern: <c>web:&amp;prod</c>, <c>web:!broken</c>, <c>app*</c>, <c>web[0:2]</c>, <c>~regex</c>. Default all.</summary>
    public string Hosts { get; init; } = "all";

    /// <summary>The absolute path of an <c>ansible.cfg</c>; by default none, those of the server and its user included.</summary>
    public string? Config { get; init; }

    /// <summary>The absolute path of a file with the password of Ansible's vault, or of a program that prints it; by default none.</summary>
    public string? VaultPasswordFile { get; init; }

    /// <summary>Labels, each with its host variable; by default none. The label <c>groups</c> is always there.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Refuses what Ansible would take for something else.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Inventory.Count == 0) yield return new ValidationResult("The list of inventories is empty; name at least one path.", ["inventory"]);
        for (var i = 0; i < Inventory.Count; i++)
        {
            if (FindProblem(Inventory[i]) is { } problem) yield return new ValidationResult(problem, [$"inventory[{i}]"]);
            else if (Inventory[i].Contains(',', StringComparison.Ordinal))
                yield return new ValidationResult($"The path '{Inventory[i]}' contains a comma, which Ansible takes for a list of hosts; rename the file.", [$"inventory[{i}]"]);
        }

        if (Hosts.Contains('@', StringComparison.Ordinal))
            yield return new ValidationResult("The pattern contains '@', with which Ansible would read patterns from a file; write the pattern itself.", ["hosts"]);
        if (Config is not null && FindProblem(Config) is { } wrong) yield return new ValidationResult(wrong, ["config"]);
        if (VaultPasswordFile is not null && FindProblem(VaultPasswordFile) is { } flaw) yield return new ValidationResult(flaw, ["vault_password_file"]);
        if (Labels.ContainsKey(AnsibleHost.GroupsLabel))
            yield return new ValidationResult($"The label '{AnsibleHost.GroupsLabel}' names the host's groups already; call it something else.", ["labels"]);
    }

    private static string? FindProblem(string path) => Path.IsPathFullyQualified(path) ? null : $"The path '{path}' is not absolute; write it from '/' on.";
}
