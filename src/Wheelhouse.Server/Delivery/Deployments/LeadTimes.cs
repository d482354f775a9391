using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>Knows which changes one place has had already, so that each is counted once: when it first ran there. Pure.</summary>
internal sealed class LeadTimes(KnownReleases releases)
{
    private readonly HashSet<string> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shas = new(StringComparer.Ordinal);
    private bool _hasBegun;

    /// <summary>A deployment succeeded: how long each change that it newly brought took from its commit, or the release from its publication.</summary>
    public (IReadOnlyList<TimeSpan> Times, string? Basis) Bring(EndedRollout rollout)
    {
        Begin(rollout);
        var news = releases.Back(rollout.Version, _versions).ToList();
        if (news.Count == 0) return ([], null);
        if (releases.Find(rollout.Version) is null)
        {
            _versions.Add(rollout.Version);
            return releases.FindPublished(rollout.Version) is { } published ? ([Age(published, rollout.At)], LeadTimeBases.Publication) : ([], null);
        }

        var times = Keep(news).Select(commit => Age(commit.At, rollout.At)).ToList();
        return (times, times.Count == 0 ? null : LeadTimeBases.Commits);
    }

    /// <summary>
    /// What was released before the first deployment that the log knows did not wait for it: it ran already, or there was no such environment yet.
    /// </summary>
    private void Begin(EndedRollout rollout)
    {
        if (_hasBegun) return;
        _hasBegun = true;
        var before = rollout.From ?? releases.Find(rollout.Version)?.Previous;
        if (before is not null) Keep([.. releases.Back(before, _versions)]);
    }

    /// <summary>Takes releases as delivered; their commits that were not there before.</summary>
    private List<KnownCommit> Keep(IReadOnlyList<string> versions)
    {
        _versions.UnionWith(versions);
        return [.. versions.SelectMany(version => releases.Find(version)?.Commits ?? []).Where(commit => _shas.Add(commit.Sha))];
    }

    /// <summary>A clock that is wrong may have a commit be younger than its deployment.</summary>
    private static TimeSpan Age(DateTimeOffset at, DateTimeOffset end) => end > at ? end - at : TimeSpan.Zero;
}
