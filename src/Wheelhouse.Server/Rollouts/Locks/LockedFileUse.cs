using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Files of locks that are needed are needed too: a node that must stage a release again gets exactly them.</summary>
internal sealed class LockedFileUse : IFileUse
{
    public IReadOnlyList<string> Find(WheelhouseContext context, IReadOnlySet<string> sha256s)
    {
        var locks = context.Set<LockRow>().Select(row => new { row.Service, row.Release, row.Packages }).AsEnumerable()
            .Where(row => sha256s.Any(sha256 => row.Packages.Contains(sha256, StringComparison.Ordinal)))
            .Select(row => (row.Service, row.Release)).ToHashSet();
        if (locks.Count == 0) return [];
        var needed = NeededReleases.Find(context, [.. locks.Select(row => row.Service).Distinct(StringComparer.Ordinal)]);
        return [.. locks.Where(needed.Contains).Order().Select(row => $"release {row.Release} of the service {row.Service}")];
    }
}
