using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Compares what two rollouts installed.</summary>
public sealed class RolloutComparer(IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>Compares two rollouts of a service and environment.</summary>
    /// <exception cref="ApiException">404: one of them is none of this service and environment.</exception>
    public async Task<RolloutComparison> CompareAsync(string service, string environment, string from, string to, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var older = await NeedAsync(context, service, environment, from, cancellationToken);
        var newer = await NeedAsync(context, service, environment, to, cancellationToken);
        var before = await ReleasesAsync(context, from, cancellationToken);
        var after = await ReleasesAsync(context, to, cancellationToken);
        var releases = before.Values.Concat(after.Values).ToList();
        var locks = (await context.Set<LockRow>().AsNoTracking().Where(row => row.Service == service && releases.Contains(row.Release)).ToListAsync(cancellationToken))
            .ToDictionary(row => (row.Release, row.Fingerprint), row => LockStore.Packages(row.Packages));

        var changes = before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(fingerprint =>
        {
            var (left, right) = (before.GetValueOrDefault(fingerprint), after.GetValueOrDefault(fingerprint));
            return new ReleaseChanges([fingerprint], left, right, Changes(Packages(left), Packages(right)));

            IReadOnlyList<LockedPackage>? Packages(string? release) => release is null ? [] : locks.GetValueOrDefault((release, fingerprint));
        });
        return new RolloutComparison(older.ToView([]), older.Revision, newer.ToView([]), newer.Revision, Merge(changes));
    }

    private static List<PackageChange>? Changes(IReadOnlyList<LockedPackage>? from, IReadOnlyList<LockedPackage>? to) =>
        from is null || to is null ? null : [.. LockedPackage.Changes(from, to)];

    /// <summary>Most often all kinds of Python change alike, and people want to read that once.</summary>
    internal static IReadOnlyList<ReleaseChanges> Merge(IEnumerable<ReleaseChanges> changes)
    {
        var merged = new List<ReleaseChanges>();
        foreach (var one in changes)
        {
            var same = merged.FindIndex(other => AreAlike(other, one));
            if (same < 0) merged.Add(one);
            else merged[same] = merged[same] with { Fingerprints = [.. merged[same].Fingerprints, .. one.Fingerprints] };
        }

        return merged;
    }

    private static bool AreAlike(ReleaseChanges one, ReleaseChanges other) =>
        (one.From is null, one.To is null) == (other.From is null, other.To is null)
        && (one.Changes is null ? other.Changes is null : other.Changes is not null && one.Changes.SequenceEqual(other.Changes));

    /// <summary>The release of each kind of Python that a rollout installed, or meant to.</summary>
    private static async Task<Dictionary<string, string>> ReleasesAsync(WheelhouseContext context, string rollout, CancellationToken cancellationToken) =>
        (await context.Set<RolloutNodeRow>().AsNoTracking().Where(node => node.Rollout == rollout && node.Fingerprint != null && node.Release != null)
            .Select(node => new { node.Fingerprint, node.Release }).Distinct().ToListAsync(cancellationToken))
        .GroupBy(node => node.Fingerprint!).ToDictionary(nodes => nodes.Key, nodes => nodes.First().Release!);

    private static async Task<RolloutRow> NeedAsync(
        WheelhouseContext context, string service, string environment, string id, CancellationToken cancellationToken) =>
        await context.Set<RolloutRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.Service == service && row.Environment == environment, cancellationToken)
        ?? throw new ApiException(404, ProblemCodes.NotFound, $"{service} in {environment} has no rollout '{id}'.", "Choose two of its history.");
}
