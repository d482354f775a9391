namespace Wheelhouse.Contracts.Delivery;

/// <summary>How well releases reach users, as DORA measures it: <c>GET /api/delivery</c>. docs/operate/delivery.md defines each figure.</summary>
/// <param name="From">The beginning, inclusive.</param>
/// <param name="To">The end, exclusive.</param>
/// <param name="Bucket">One of <see cref="DeliveryBuckets"/>.</param>
/// <param name="Environment">The environment that was asked for, <c>*</c> for all of them; null for the last one of each service.</param>
/// <param name="Total">All services together.</param>
/// <param name="Buckets">The same over time; every bucket of the range, also without a deployment.</param>
/// <param name="Services">Each service by name, also without a deployment.</param>
/// <param name="Teams">Each team by name; services without a team are in none.</param>
public sealed record DeliveryView(
    DateTimeOffset From,
    DateTimeOffset To,
    string Bucket,
    string? Environment,
    DeliveryFigures Total,
    IReadOnlyList<DeliveryBucket> Buckets,
    IReadOnlyList<ServiceDelivery> Services,
    IReadOnlyList<TeamDelivery> Teams);

/// <summary>The figures of some deployments.</summary>
/// <param name="Deployments">How many deployments ended in the time.</param>
/// <param name="DeploymentsPerDay">The same for each day of the time that has passed.</param>
/// <param name="Failed">How many of them failed, or were taken back later.</param>
/// <param name="ChangeFailureRate">Their share, from 0 to 1; null without deployments.</param>
/// <param name="LeadTime">From commit to running, in seconds; null when nothing new was brought.</param>
/// <param name="LeadTimeBasis">One of <see cref="LeadTimeBases"/>: what <paramref name="LeadTime"/> is counted from; null as that.</param>
/// <param name="TimeToRestore">From the failure to the rollout that restored the service, in seconds; null when nothing was restored.</param>
/// <param name="Unrestored">How many of the failed ones nothing has restored yet.</param>
public sealed record DeliveryFigures(
    int Deployments,
    double DeploymentsPerDay,
    int Failed,
    double? ChangeFailureRate,
    Spread? LeadTime,
    string? LeadTimeBasis,
    Spread? TimeToRestore,
    int Unrestored);

/// <summary>How long something took, several times.</summary>
/// <param name="Count">How many times.</param>
/// <param name="Median">Half of them took at most this, in seconds.</param>
/// <param name="P90">Nine of ten took at most this, in seconds.</param>
public sealed record Spread(int Count, double Median, double P90);

/// <summary>The figures of a day, week or month (UTC; weeks begin on Monday).</summary>
/// <param name="From">Its beginning, inclusive; the first one begins with the range.</param>
/// <param name="To">Its end, exclusive; the last one ends with the range.</param>
/// <param name="Figures">The figures of the deployments that ended in it.</param>
public sealed record DeliveryBucket(DateTimeOffset From, DateTimeOffset To, DeliveryFigures Figures);

/// <summary>The figures of a service.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Team">Its team, or null.</param>
/// <param name="Environments">The environments whose deployments are counted.</param>
/// <param name="Figures">The figures.</param>
public sealed record ServiceDelivery(string Service, string? Team, IReadOnlyList<string> Environments, DeliveryFigures Figures);

/// <summary>The figures of a team's services together.</summary>
/// <param name="Team">Its name.</param>
/// <param name="Services">How many services are its.</param>
/// <param name="Figures">The figures.</param>
public sealed record TeamDelivery(string Team, int Services, DeliveryFigures Figures);

/// <summary>The lengths of a bucket.</summary>
public static class DeliveryBuckets
{
    /// <summary>From midnight to midnight, UTC.</summary>
    public const string Day = "day";

    /// <summary>From Monday to Monday.</summary>
    public const string Week = "week";

    /// <summary>From the first day of a month to that of the next.</summary>
    public const string Month = "month";

    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Day, Week, Month];
}

/// <summary>What lead times can be counted from.</summary>
public static class LeadTimeBases
{
    /// <summary>Each commit that was newly brought.</summary>
    public const string Commits = "commits";

    /// <summary>The publication of each release that was newly brought, because no commits are known of any.</summary>
    public const string Publication = "publication";
}
