using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>
/// Tells from the rollouts of one service in one environment which of them were deployments, which of those failed, and what restored the service
/// after that. The definitions stand in docs/operate/delivery.md. Pure.
/// </summary>
internal sealed class PlaceHistory
{
    private readonly List<Deployment> _deployments = [];
    private readonly LeadTimes _leadTimes;

    /// <summary>Places in <see cref="_deployments"/> of those that run or that a revert may uncover, the running one last.</summary>
    private readonly List<int> _standing = [];

    /// <summary>Places of those that reverts have taken back since the last deploy that succeeded, the last one last.</summary>
    private readonly List<int> _takenBack = [];

    /// <summary>Places of those that failed and that nothing has restored yet.</summary>
    private readonly List<int> _broken = [];

    private PlaceHistory(KnownReleases releases) => _leadTimes = new LeadTimes(releases);

    /// <summary>The deployments of one place, in the order of their ends.</summary>
    /// <param name="rollouts">Every rollout there that was no plan, in the order of their ends.</param>
    /// <param name="releases">What is known of the releases of the service's project.</param>
    public static IReadOnlyList<Deployment> Read(IEnumerable<EndedRollout> rollouts, KnownReleases releases)
    {
        var history = new PlaceHistory(releases);
        foreach (var rollout in rollouts.Where(rollout => rollout.IsGood || rollout.ChangedNodes)) history.Add(rollout);
        return history._deployments;
    }

    private void Add(EndedRollout rollout)
    {
        if (rollout.Kind == RolloutKinds.Revert) TakeBack(rollout);
        if (rollout.IsGood) Restore(rollout.At);
        if (rollout.Kind == RolloutKinds.Deploy) Deploy(rollout);
    }

    private void Deploy(EndedRollout rollout)
    {
        var place = _deployments.Count;
        var deployment = new Deployment(rollout.Service, rollout.Environment, rollout.Version, rollout.At);
        if (rollout.IsGood)
        {
            _standing.Add(place);
            _takenBack.Clear();
            var (times, basis) = _leadTimes.Bring(rollout);
            _deployments.Add(deployment with { LeadTimes = times, LeadTimeBasis = basis });
            return;
        }

        var isBack = rollout.State == RolloutStates.Reverted;
        _deployments.Add(deployment with { FailedAt = rollout.TouchedAt, RestoredAt = isBack ? rollout.At : null });
        if (!isBack) _broken.Add(place);
    }

    /// <summary>
    /// A deployment that has to be taken back has failed, when it was thought to be good. It is the one that stands: what a revert says it came from is
    /// what ran when it was asked for, and it may have waited for another deploy.
    /// </summary>
    private void TakeBack(EndedRollout revert)
    {
        if (_standing.Count == 0) return;
        var taken = _standing[^1];
        if (_broken.Count > 0 && IsOf(revert, taken)) return; // It mends what a deploy left half done; what ran before that is not to blame.
        var target = _standing.FindLastIndex(place => place != taken && IsOf(revert, place));
        if (target < 0 && _takenBack.FindLastIndex(place => IsOf(revert, place)) is >= 0 and var again)
        {
            if (revert.IsGood) Stand(again);
            return;
        }

        if (_deployments[taken].FailedAt is null)
        {
            _deployments[taken] = _deployments[taken] with { FailedAt = _deployments[taken].EndedAt };
            _broken.Add(taken);
        }

        if (!revert.IsGood) return;
        var kept = target < 0 ? _standing.Count - 1 : target + 1;
        _takenBack.AddRange(_standing[kept..].AsEnumerable().Reverse());
        _standing.RemoveRange(kept, _standing.Count - kept);
    }

    /// <summary>A revert was itself taken back: what it had taken back runs again.</summary>
    private void Stand(int again)
    {
        _standing.AddRange(_takenBack[again..].AsEnumerable().Reverse());
        _takenBack.RemoveRange(again, _takenBack.Count - again);
    }

    private bool IsOf(EndedRollout rollout, int place) => _deployments[place].Version == rollout.Version;

    private void Restore(DateTimeOffset at)
    {
        foreach (var place in _broken) _deployments[place] = _deployments[place] with { RestoredAt = at };
        _broken.Clear();
    }
}
