using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Two rollouts of one service and environment beside each other.</summary>
/// <param name="From">The one to begin with, without plan and nodes.</param>
/// <param name="FromRevision">The revision of the service's document that it worked by.</param>
/// <param name="To">The other one, without plan and nodes.</param>
/// <param name="ToRevision">The revision that the other one worked by.</param>
/// <param name="Packages">What differs between their releases; one entry for all kinds of Python between whose changes there is no difference.</param>
public sealed record RolloutComparison(RolloutView From, int FromRevision, RolloutView To, int ToRevision, IReadOnlyList<ReleaseChanges> Packages);

/// <summary>What differs between two releases.</summary>
/// <param name="Fingerprints">The kinds of Python for which it does.</param>
/// <param name="From">The id of the release to begin with; null when the rollout locked none there.</param>
/// <param name="To">The id of the other release; null when the rollout locked none there.</param>
/// <param name="Changes">The packages that differ; null when the lock of one of them is not kept any more.</param>
public sealed record ReleaseChanges(IReadOnlyList<string> Fingerprints, string? From, string? To, IReadOnlyList<PackageChange>? Changes);
