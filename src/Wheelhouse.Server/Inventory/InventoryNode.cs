using System.Buffers;

namespace Wheelhouse.Server.Inventory;

/// <summary>A machine as the inventory names it: what is needed to reach it over SSH.</summary>
/// <param name="Name">Its name in Wheelhouse; unique within an environment.</param>
/// <param name="Address">The host name or address, or an alias of ssh's configuration.</param>
/// <param name="User">The account to log in as (the deploy user); null leaves it to ssh's configuration.</param>
/// <param name="Port">The port; null leaves it to ssh's configuration.</param>
/// <param name="Jump">The jump hosts as <c>ssh -J</c> takes them (<c>[user@]host[:port],…</c>); null leaves it to ssh's configuration.</param>
/// <param name="Labels">What else the inventory says of it; empty when nothing.</param>
[GenerateSerializer]
public sealed record InventoryNode(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] string? User,
    [property: Id(3)] int? Port,
    [property: Id(4)] string? Jump,
    [property: Id(5)] IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The private key to log in with: an absolute path on the server; null leaves it to ssh's configuration.</summary>
    [Id(6)]
    public string? IdentityFile { get; init; }

    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("\"'`$\\;&|<>(){}*?!~#");

    /// <summary>
    /// Says what is wrong with the values, in a sentence that names the field and the fix; null when nothing is.
    /// They become arguments of a program, so that a leading <c>-</c> (an option), white space and control characters are refused.
    /// </summary>
    public string? FindProblem()
    {
        foreach (var (field, value) in new[] { ("name", Name), ("address", Address), ("user", User), ("jump", Jump), ("identity file", IdentityFile) })
        {
            if (value is null && field is "user" or "jump" or "identity file") continue;
            if (string.IsNullOrEmpty(value)) return $"The {field} of the node '{Name}' is empty; give one.";
            if (value.Split(',').Any(part => part.StartsWith('-')))
                return $"The {field} of the node '{Name}' starts with '-'; remove it, for ssh would take it for an option.";
            if (value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
                return $"The {field} of the node '{Name}' contains white space or a control character; remove it.";
            if (value.AsSpan().ContainsAny(ShellCharacters))
                return $"The {field} of the node '{Name}' contains a character that means something to a shell; remove it.";
        }

        if (IdentityFile is not (null or ['/', ..])) return $"The identity file of the node '{Name}' is not an absolute path; write it from '/' on.";
        return Port is < 1 or > 65535 ? $"The port {Port} of the node '{Name}' is not between 1 and 65535; correct it." : null;
    }
}
