namespace Wheelhouse.Contracts.Builds;

/// <summary>Asks for a build.</summary>
public sealed record BuildRequest
{
    /// <summary>The branch, the tag or the full hash of the commit to build; null means the default branch.</summary>
    public string? Ref { get; init; }
}
