using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>What a git host shows beside a commit.</summary>
/// <param name="State">One of <see cref="BuildStates"/>: running, succeeded, failed or cancelled.</param>
/// <param name="Commit">The full hash.</param>
/// <param name="Ref">The full reference that was built, or null.</param>
/// <param name="Text">In a few words.</param>
/// <param name="Link">The page of the build.</param>
internal sealed record CommitStatus(string State, string Commit, string? Ref, string Text, string Link)
{
    /// <summary>By what the host tells it from the statuses of others.</summary>
    public const string Context = "wheelhouse";
}
