using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Wheelhouse.Server.Notifications.Grafana;

/// <summary>An annotation as Grafana takes it. Times are milliseconds since 1970; with an end it is a region.</summary>
/// <param name="DashboardUid">Null for every dashboard.</param>
/// <param name="PanelId">Null for every panel.</param>
/// <param name="Time">Its time, or its beginning.</param>
/// <param name="TimeEnd">The end of a region, or null.</param>
/// <param name="Tags">By which dashboards find it.</param>
/// <param name="Text">HTML, of which Grafana leaves what is safe.</param>
internal sealed record GrafanaAnnotation(
    [property: JsonPropertyName("dashboardUID")] string? DashboardUid, int? PanelId, long Time, long? TimeEnd, IReadOnlyList<string> Tags, string Text)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    internal static GrafanaAnnotation Of(GrafanaOptions options, Notification notification) => new(
        options.DashboardUid,
        options.PanelId,
        (notification.Rollout?.StartedAt ?? notification.At).ToUnixTimeMilliseconds(),
        notification.Rollout?.EndedAt?.ToUnixTimeMilliseconds(),
        [.. TagsOf(notification), .. options.Tags],
        Words(notification));

    private static string Words(Notification notification)
    {
        var lines = new List<string> { $"<b>{Html.Encode(notification.Title)}</b>" };
        if (notification.Rollout is { } rollout) lines.Add(Html.Encode(rollout.From is { } from ? $"{from} → {rollout.Version}" : rollout.Version));
        lines.AddRange(notification.Text.Split('\n').Where(line => line.Length > 0).Select(Html.Encode));
        lines.Add($"""<a href="{Html.Encode(notification.Link.AbsoluteUri)}">Look at it</a>""");
        if (notification.Rollout?.RevertLink is { } revert) lines.Add($"""<a href="{Html.Encode(revert.AbsoluteUri)}">Revert</a>""");
        return string.Join("<br>", lines);
    }

    private static IEnumerable<string> TagsOf(Notification notification)
    {
        yield return "wheelhouse";
        if (notification.Service is { } service) yield return $"service:{service}";
        if (notification.Environment is { } environment) yield return $"environment:{environment}";
        if (notification.Rollout is not { } rollout) yield break;
        yield return $"kind:{rollout.Kind}";
        if (rollout.EndedAt is not null) yield return $"result:{rollout.State}";
    }
}
