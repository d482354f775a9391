using System.Globalization;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Contracts.Client;

/// <summary>Which events to read.</summary>
/// <param name="Rollout">Only those of this rollout, or null.</param>
/// <param name="Service">Only those of this service, or null.</param>
/// <param name="Environment">Only those of this environment, or null.</param>
/// <param name="After">Only those with a higher id; 0 for all.</param>
public sealed record EventQuery(string? Rollout = null, string? Service = null, string? Environment = null, long After = 0)
{
    /// <summary>Only those of this build, or null.</summary>
    public string? Build { get; init; }

    /// <summary>The query as the part of a URL that begins with a question mark.</summary>
    internal string ToQueryString() =>
        string.Create(CultureInfo.InvariantCulture, $"?after={After}")
        + Part("rollout", Rollout) + Part("service", Service) + Part("environment", Environment) + Part("build", Build);

    /// <summary>Whether an event is the last one that the query will ever find.</summary>
    internal bool EndsWith(string type) => (Rollout is not null && type == EventTypes.RolloutEnded) || (Build is not null && type == EventTypes.BuildEnded);

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
