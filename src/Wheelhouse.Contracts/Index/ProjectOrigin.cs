namespace Wheelhouse.Contracts.Index;

/// <summary>Where the files of a project come from.</summary>
/// <param name="Kind">One of <see cref="ProjectOrigins"/>.</param>
public sealed record ProjectOrigin(string Kind)
{
    /// <summary>The name of the upstream it comes from; of a local project: the one that has, or had, a project of this name too, which is not asked for it any more.</summary>
    public string? Upstream { get; init; }

    /// <summary>The reserved pattern or the rule of the blocklist that the name fits; null when it fits none.</summary>
    public string? Rule { get; init; }
}

/// <summary>The values of <see cref="ProjectOrigin.Kind"/>.</summary>
public static class ProjectOrigins
{
    /// <summary>It was uploaded here, so that no upstream is asked for it.</summary>
    public const string Local = "local";

    /// <summary>It comes from an upstream; its releases are those of which a file is kept here.</summary>
    public const string Upstream = "upstream";

    /// <summary>Nothing of it was uploaded, and no upstream is asked for it, because its name is reserved.</summary>
    public const string Reserved = "reserved";

    /// <summary>Nothing of it was uploaded, and no upstream is asked for it, because it is on the blocklist.</summary>
    public const string Blocked = "blocked";
}
