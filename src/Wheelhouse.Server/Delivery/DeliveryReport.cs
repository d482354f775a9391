using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Delivery.Figures;

namespace Wheelhouse.Server.Delivery;

/// <summary>The deployments of a time and what can be said of them. Pure.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Services">The services by name.</param>
/// <param name="Now">Until when time has passed.</param>
internal sealed record DeliveryReport(DeliveryFilter Filter, IReadOnlyList<ServiceDeployments> Services, DateTimeOffset Now)
{
    /// <summary>As the API shows it.</summary>
    public DeliveryView ToView()
    {
        var period = Filter.Period;
        var all = Services.SelectMany(service => service.Deployments).ToList();
        return new DeliveryView(
            period.From,
            period.To,
            period.Bucket,
            Filter.Environment,
            Figures(all),
            Buckets(all),
            [.. Services.Select(service => new ServiceDelivery(service.Service, service.Team, service.Environments, Figures(service.Deployments)))],
            [.. Services.Where(service => service.Team is not null).GroupBy(service => service.Team!, StringComparer.Ordinal).OrderBy(team => team.Key, StringComparer.Ordinal)
                .Select(team => new TeamDelivery(team.Key, team.Count(), Figures([.. team.SelectMany(service => service.Deployments)])))]);
    }

    /// <summary>The figures of deployments over time.</summary>
    public IReadOnlyList<DeliveryBucket> Buckets(IReadOnlyList<Deployment> deployments)
    {
        var inOrder = deployments.OrderBy(deployment => deployment.EndedAt).ToList();
        var buckets = new List<DeliveryBucket>();
        var first = 0;
        foreach (var (from, to) in Filter.Period.Buckets)
        {
            var end = first;
            while (end < inOrder.Count && inOrder[end].EndedAt < to) end++;
            buckets.Add(new DeliveryBucket(from, to, FiguresOf.All(inOrder[first..end], Period.Length(from, to, Now))));
            first = end;
        }

        return buckets;
    }

    private DeliveryFigures Figures(IReadOnlyList<Deployment> deployments) => FiguresOf.All(deployments, Filter.Period.Passed(Now));
}
