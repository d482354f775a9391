using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Rollouts;
using Fact = Wheelhouse.Tests.Delivery.SeededHistory.Fact;

namespace Wheelhouse.Tests.Delivery;

/// <summary>The figures as the definitions have them, computed by looking at all facts for each question, with nothing of the product's.</summary>
internal sealed class Expected(IReadOnlyList<Fact> facts)
{
    public DeliveryFigures Figures(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, Func<Fact, bool> isMeant)
    {
        var deployments = facts.Where(fact => IsDeployment(fact) && isMeant(fact) && fact.End >= from && fact.End < to).ToList();
        var failures = deployments.Select(fact => (Fact: fact, Failure: FailureOf(fact))).Where(one => one.Failure is not null).ToList();
        var restores = failures.Where(one => RestoredAt(one.Fact) is not null).Select(one => (RestoredAt(one.Fact)!.Value - one.Failure!.Value).TotalSeconds).ToList();
        var ofCommits = deployments.Where(fact => !IsSilent(fact)).SelectMany(CommitAges).ToList();
        var ofReleases = deployments.Where(IsSilent).SelectMany(ReleaseAge).ToList();
        var days = ((to < now ? to : now) - from).TotalDays;
        return new DeliveryFigures(
            deployments.Count,
            days > 0 ? Math.Round(deployments.Count / Math.Max(days, 1), 4) : 0,
            failures.Count,
            deployments.Count > 0 ? Math.Round(failures.Count / (double)deployments.Count, 4) : null,
            ofCommits.Count > 0 ? Spread(ofCommits) : ofReleases.Count > 0 ? Spread(ofReleases) : null,
            ofCommits.Count > 0 ? "commits" : ofReleases.Count > 0 ? "publication" : null,
            restores.Count > 0 ? Spread(restores) : null,
            failures.Count - restores.Count);
    }

    private static bool IsDeployment(Fact fact) => fact.Kind == RolloutKinds.Deploy && !fact.IsPlan && fact.Changed;

    private static bool IsSilent(Fact fact) => SeededHistory.Services.Single(service => service.Service == fact.Place.Service).Project == SeededHistory.SilentProject;

    private DateTimeOffset? FailureOf(Fact fact) =>
        fact.State != RolloutStates.Succeeded ? fact.Touched : facts.Any(other => other.TakesBack == fact) ? fact.End : null;

    private DateTimeOffset? RestoredAt(Fact fact)
    {
        if (fact.State == RolloutStates.Reverted) return fact.End;
        var since = fact.State == RolloutStates.Succeeded ? facts.First(other => other.TakesBack == fact).End : fact.End.AddTicks(1);
        return facts.FirstOrDefault(other => other.Place == fact.Place && other.State == RolloutStates.Succeeded && other.End >= since)?.End;
    }

    private IEnumerable<double> CommitAges(Fact fact)
    {
        if (fact.State != RolloutStates.Succeeded) return [];
        var before = Before(fact);
        var there = before.SelectMany(other => other.Release.Contains.Keys).ToHashSet();
        var brought = before.Count == 0 ? fact.Release.Adds : fact.Release.Contains;
        return brought.Where(commit => !there.Contains(commit.Key)).Select(commit => (fact.End - commit.Value).TotalSeconds);
    }

    private IEnumerable<double> ReleaseAge(Fact fact) =>
        fact.State != RolloutStates.Succeeded || Before(fact).Any(other => other.Release == fact.Release) ? [] : [(fact.End - fact.Release.PublishedAt).TotalSeconds];

    private List<Fact> Before(Fact fact) =>
        [.. facts.Where(other => other.Place == fact.Place && other.Kind == RolloutKinds.Deploy && other.State == RolloutStates.Succeeded && other.End < fact.End)];

    private static Spread Spread(List<double> values)
    {
        values.Sort();
        return new Spread(values.Count, At(values, 50), At(values, 90));
    }

    private static double At(List<double> sorted, int percent)
    {
        var hundredths = percent * (sorted.Count - 1);
        var (whole, rest) = (hundredths / 100, hundredths % 100);
        return Math.Round(rest == 0 ? sorted[whole] : (((100 - rest) * sorted[whole]) + (rest * sorted[whole + 1])) / 100, 3);
    }
}
