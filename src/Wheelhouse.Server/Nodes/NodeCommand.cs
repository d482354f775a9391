using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes;

/// <summary>One request of the node protocol, with all that is needed to reach the node and to repeat it.</summary>
[GenerateSerializer]
public sealed record NodeCommand
{
    /// <summary>The caller's id of this command; asking again with the same id never begins it twice.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The node to reach.</summary>
    [Id(1)] public required InventoryNode Node { get; init; }

    /// <summary>The service's place on the node.</summary>
    [Id(2)] public required NodeHome Home { get; init; }

    /// <summary>The operation, such as <c>stage</c>; see the node protocol.</summary>
    [Id(3)] public required string Op { get; init; }

    /// <summary>The step's id, under which the node keeps the result; null for an operation that is not fenced.</summary>
    [Id(4)] public string? Step { get; init; }

    /// <summary>The fencing epoch; null for an operation that is not fenced.</summary>
    [Id(5)] public long? Epoch { get; init; }

    /// <summary>The operation's arguments, a JSON object. May contain the index's password: never logged, never part of an error.</summary>
    [Id(6)] public string ArgsJson { get; init; } = "{}";

    /// <summary>The rollout whose log gets the lines that are printed; null records none.</summary>
    [Id(7)] public string? Rollout { get; init; }

    /// <summary>How long one attempt to open a session may take. Default 15 s.</summary>
    [Id(8)] public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often opening is tried again, also after the session dropped; the waits between double from 1 s to 8 s. Default 2.</summary>
    [Id(9)] public int ConnectRetries { get; init; } = 2;

    /// <summary>Names the command without its arguments, which may hold a secret.</summary>
    public override string ToString() => $"{Op} {Step ?? Id} on {Node.Name}";
}
