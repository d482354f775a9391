using Wheelhouse.Server.Inventory.Queries;

namespace Wheelhouse.Server.Services.Document;

/// <summary>An environment of a service. What it does not set itself is the service's value already.</summary>
public sealed record EnvironmentDocument
{
    /// <summary>Its name, unique within the service.</summary>
    public required string Name { get; init; }

    /// <summary>Where its nodes are found.</summary>
    public required NodeQuery Nodes { get; init; }

    /// <summary>Whether a newly published release is deployed by itself (<c>deploy: automatic</c>); default false.</summary>
    public required bool Automatic { get; init; }

    /// <summary>Whether that holds for pre-releases, development and local versions too (<c>deploy: automatic-prereleases</c>); default false.</summary>
    public bool AutomaticPrereleases { get; init; }

    /// <summary>Whether nodes that join the inventory are brought to the current release by themselves (<c>new_nodes: converge</c>); default false.</summary>
    public bool ConvergeNewNodes { get; init; }

    /// <summary>How a rollout goes.</summary>
    public required PolicyDocument Policy { get; init; }

    /// <summary>When rollouts are refused.</summary>
    public required IReadOnlyList<FreezeDocument> Freezes { get; init; }

    /// <summary>The Python wanted, such as <c>3.11</c>.</summary>
    public required string Python { get; init; }

    /// <summary>The absolute directory of the service on its nodes.</summary>
    public required string Root { get; init; }

    /// <summary>The service user; null when it is the login user.</summary>
    public string? User { get; init; }

    /// <summary>Environment variables of every process.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Runs on a node before it is activated, or null.</summary>
    public HookDocument? Drain { get; init; }

    /// <summary>Runs on a node after it was found good, or null.</summary>
    public HookDocument? Undrain { get; init; }
}
