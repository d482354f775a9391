namespace Wheelhouse.Contracts.Delivery;

/// <summary>Which delivery metrics to compute; a null member is left to the server.</summary>
public sealed record DeliveryQuery
{
    /// <summary>All environments, for <see cref="Environment"/>.</summary>
    public const string EveryEnvironment = "*";

    /// <summary>Only this service; null for all that the token may see.</summary>
    public string? Service { get; init; }

    /// <summary>Only the services of this team; null for all.</summary>
    public string? Team { get; init; }

    /// <summary>The environment, or <see cref="EveryEnvironment"/>; null for the last one of each service.</summary>
    public string? Environment { get; init; }

    /// <summary>The beginning, inclusive: a date or a moment with its offset (ISO 8601); null for 90 days before the end.</summary>
    public string? From { get; init; }

    /// <summary>The end, exclusive, written as <see cref="From"/>; null for now.</summary>
    public string? To { get; init; }

    /// <summary>One of <see cref="DeliveryBuckets"/>; null for one that suits the range.</summary>
    public string? Bucket { get; init; }

    /// <summary>The query as the part of a URL that begins with a question mark; empty when nothing is asked for.</summary>
    public string ToQueryString()
    {
        var parts = new[] { ("service", Service), ("team", Team), ("environment", Environment), ("from", From), ("to", To), ("bucket", Bucket) }
            .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}").ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
