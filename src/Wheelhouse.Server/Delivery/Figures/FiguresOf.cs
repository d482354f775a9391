using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Deployments;

namespace Wheelhouse.Server.Delivery.Figures;

/// <summary>Computes the figures of some deployments. Pure.</summary>
internal static class FiguresOf
{
    /// <summary>The figures of all deployments given.</summary>
    /// <param name="deployments">The deployments of a time.</param>
    /// <param name="length">How much of that time has passed; less than a day counts as a day, so that the first deployment of a morning does not make it the busiest.</param>
    public static DeliveryFigures All(IReadOnlyCollection<Deployment> deployments, TimeSpan length)
    {
        var failed = deployments.Where(deployment => deployment.FailedAt is not null).ToList();
        // Never mixed: hours since a commit and hours since a publication have no common median.
        var basis = deployments.Any(deployment => deployment.LeadTimeBasis == LeadTimeBases.Commits) ? LeadTimeBases.Commits : LeadTimeBases.Publication;
        var leadTime = SpreadOf(deployments.Where(deployment => deployment.LeadTimeBasis == basis).SelectMany(deployment => deployment.LeadTimes));
        return new DeliveryFigures(
            deployments.Count,
            length > TimeSpan.Zero ? Math.Round(deployments.Count / Math.Max(length.TotalDays, 1), 4) : 0,
            failed.Count,
            deployments.Count == 0 ? null : Math.Round((double)failed.Count / deployments.Count, 4),
            leadTime,
            leadTime is null ? null : basis,
            SpreadOf(failed.Where(deployment => deployment.RestoredAt is not null).Select(deployment => deployment.RestoredAt!.Value - deployment.FailedAt!.Value)),
            failed.Count(deployment => deployment.RestoredAt is null));
    }

    /// <summary>Median and 90th percentile; null of nothing.</summary>
    public static Spread? SpreadOf(IEnumerable<TimeSpan> times)
    {
        var seconds = times.Select(time => time.TotalSeconds).Order().ToList();
        return seconds.Count == 0 ? null : new Spread(seconds.Count, Percentile(seconds, 0.5), Percentile(seconds, 0.9));
    }

    /// <summary>Between two values it lies as far as its rank does between theirs: <c>PERCENTILE.INC</c> of spreadsheets.</summary>
    private static double Percentile(List<double> sorted, double share)
    {
        var rank = share * (sorted.Count - 1);
        var below = (int)Math.Floor(rank);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return Math.Round(sorted[below] + ((sorted[above] - sorted[below]) * (rank - below)), 3);
    }
}
