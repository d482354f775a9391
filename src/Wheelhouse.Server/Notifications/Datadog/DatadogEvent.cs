using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Datadog;

/// <summary>An event as Datadog takes it (its API, version 1); members are in snake case there.</summary>
internal sealed record DatadogEvent(string Title, string Text, long DateHappened, string AlertType, string AggregationKey, IReadOnlyList<string> Tags)
{
    private const int LongestTitle = 100;
    private const int LongestKey = 100;

    internal static DatadogEvent Of(DatadogOptions options, Notification notification) => new(
        Excerpt.Of(notification.Title, LongestTitle), Words(notification), notification.At.ToUnixTimeSeconds(), AlertTypeOf(notification),
        Excerpt.Of(notification.Rollout?.Id ?? notification.Id, LongestKey), [.. TagsOf(notification), .. options.Tags]);

    private static string Words(Notification notification)
    {
        var lines = new List<string> { notification.Text.Replace("%%%", "%% %", StringComparison.Ordinal) }; // Three begin Markdown
        if (notification.Rollout?.From is { } from) lines.Add($"{from} → {notification.Rollout.Version}");
        lines.Add(notification.Link.AbsoluteUri);
        if (notification.Rollout?.RevertLink is { } revert) lines.Add($"Revert: {revert.AbsoluteUri}");
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string AlertTypeOf(Notification notification) => notification switch
    {
        { Event: NotificationEvents.Succeeded } => "success",
        { Severity: Severity.Error } => "error",
        { Severity: Severity.Warning } => "warning",
        _ => "info",
    };

    private static IEnumerable<string> TagsOf(Notification notification)
    {
        yield return "source:wheelhouse";
        yield return $"event:{notification.Event}";
        if (notification.Service is { } service) yield return $"service:{service}";
        if (notification.Environment is { } environment) yield return $"env:{environment}";
        if (notification.Rollout is not { } rollout) yield break;
        yield return $"version:{rollout.VersionAfter()}";
        yield return $"kind:{rollout.Kind}";
        yield return $"result:{rollout.State}";
    }
}
