using System.Globalization;
using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Grafana;

/// <summary>Annotates Grafana's graphs: a rollout is one annotation, from its beginning on, that becomes a region at its end. The reference is the annotation's id.</summary>
internal sealed class GrafanaNotifier(NotifierHttp http) : INotifier
{
    private const int NotFound = 404;

    public string Name => "grafana";

    public Type OptionsType => typeof(GrafanaOptions);

    public IReadOnlyList<string> DefaultEvents { get; } = [NotificationEvents.Started, .. NotificationEvents.Ends];

    public string Preview(object options, Notification notification) => JsonSending.Show(GrafanaAnnotation.Of((GrafanaOptions)options, notification), JsonSending.CamelCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var grafana = (GrafanaOptions)options;
        var annotation = GrafanaAnnotation.Of(grafana, notification);
        if (!long.TryParse(earlier, NumberStyles.None, CultureInfo.InvariantCulture, out _) || !await ChangeAsync(grafana, earlier!, annotation, cancellationToken)) earlier = await AddAsync(grafana, annotation, cancellationToken);
        return notification.Rollout is null ? null : earlier;
    }

    private async Task<string?> AddAsync(GrafanaOptions grafana, GrafanaAnnotation annotation, CancellationToken cancellationToken) =>
        FindId(await SendAsync(HttpMethod.Post, "api/annotations", grafana, annotation, cancellationToken));

    /// <returns>Whether there still was one to change.</returns>
    private async Task<bool> ChangeAsync(GrafanaOptions grafana, string id, GrafanaAnnotation annotation, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Patch, $"api/annotations/{id}", grafana, annotation with { DashboardUid = null, PanelId = null }, cancellationToken);
            return true;
        }
        catch (NotifierException flaw) when (flaw.Status == NotFound)
        {
            return false;
        }
    }

    private Task<string> SendAsync(HttpMethod method, string path, GrafanaOptions grafana, GrafanaAnnotation annotation, CancellationToken cancellationToken) =>
        http.SendWithTokenAsync(method, ServerUrl.Join(grafana.Url, path), grafana.Token, JsonSerializer.SerializeToUtf8Bytes(annotation, JsonSending.CamelCase), cancellationToken);

    /// <summary>The id of a new annotation; null when the answer has none, in which case the end of a rollout is an annotation of its own.</summary>
    private static string? FindId(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(answer) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("id", out var id) && id.TryGetInt64(out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
