namespace Wheelhouse.Server.Inventory.Http;

/// <summary>
/// Where the fields of a node stand in an entry of the source: JMESPath expressions. What is left out is not read; without a name or an address, the other
/// counts for both.
/// </summary>
public sealed record HttpFields
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The host name or address.</summary>
    public string? Address { get; init; }

    /// <summary>The account to log in as.</summary>
    public string? User { get; init; }

    /// <summary>sshd's port, a number.</summary>
    public string? Port { get; init; }

    /// <summary>The jump hosts.</summary>
    public string? Jump { get; init; }

    /// <summary>The labels: a map of single values, such as <c>{zone: placement.zone}</c>.</summary>
    public string? Labels { get; init; }

    /// <summary>The expressions by the key of what they find.</summary>
    internal IEnumerable<(string Key, string Expression)> All() =>
        from field in new[] { ("name", Name), ("address", Address), ("user", User), ("port", Port), ("jump", Jump), ("labels", Labels) }
        where field.Item2 is not null
        select (field.Item1, field.Item2);
}
