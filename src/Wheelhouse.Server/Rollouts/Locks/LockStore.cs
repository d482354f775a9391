using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Reads and keeps locks.</summary>
internal sealed class LockStore(IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>
    /// The lock that a rollout is to install on nodes of a fingerprint, or null when one must be resolved. For a revert or converge it is that of the good
    /// rollout it goes back to; otherwise the newest of the same requirement and version, unless a new one was asked for.
    /// </summary>
    public async Task<LockRow?> FindAsync(RolloutRow rollout, ServiceDocument service, string fingerprint)
    {
        await using var context = await contexts.CreateDbContextAsync();
        if (rollout.Source is { } source)
        {
            var releases = context.Set<RolloutNodeRow>()
                .Where(node => node.Rollout == source && node.Fingerprint == fingerprint && node.Release != null).Select(node => node.Release);
            var exact = await context.Set<LockRow>().AsNoTracking()
                .FirstOrDefaultAsync(row => row.Service == rollout.Service && row.Fingerprint == fingerprint && releases.Contains(row.Release));
            if (exact is not null) return exact;
        }

        var requirement = service.Package.ToString();
        var madeBefore = rollout.Relock ? rollout.CreatedAt : DateTimeOffset.MinValue;
        return await context.Set<LockRow>().AsNoTracking()
            .Where(row => row.Service == rollout.Service && row.Requirement == requirement
                && row.Version == rollout.Version && row.Fingerprint == fingerprint && row.Cutoff >= madeBefore)
            .OrderByDescending(row => row.Cutoff).FirstOrDefaultAsync();
    }

    /// <summary>The packages of a release that was installed before; null when it is not known.</summary>
    public async Task<IReadOnlyList<LockedPackage>?> PackagesAsync(string service, string release, string? fingerprint)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var json = await context.Set<LockRow>().Where(row => row.Service == service && row.Release == release)
            .OrderByDescending(row => row.Fingerprint == fingerprint).Select(row => row.Packages).FirstOrDefaultAsync();
        return json is null ? null : Packages(json);
    }

    /// <summary>Whether a release lay complete on a node when it was last looked at.</summary>
    public async Task<bool> LiesOnAsync(RolloutRow rollout, RolloutNodeRow node, string release)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var state = await context.Set<NodeStateRow>().AsNoTracking().FirstOrDefaultAsync(
            state => state.Service == rollout.Service && state.Environment == rollout.Environment && state.Name == node.Name);
        return state?.Releases.Lines().Contains(release) == true;
    }

    /// <summary>The packages of a lock.</summary>
    public static IReadOnlyList<LockedPackage> Packages(string json) =>
        JsonSerializer.Deserialize<List<LockedPackage>>(json, JsonSerializerOptions.Web)!;
}
