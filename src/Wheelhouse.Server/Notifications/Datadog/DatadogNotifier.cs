using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Datadog;

/// <summary>Posts events to Datadog; those of one rollout are shown together.</summary>
internal sealed class DatadogNotifier(NotifierHttp http) : INotifier
{
    public string Name => "datadog";

    public Type OptionsType => typeof(DatadogOptions);

    public IReadOnlyList<string> DefaultEvents => NotificationEvents.Ends;

    public string Preview(object options, Notification notification) => JsonSending.Show(DatadogEvent.Of((DatadogOptions)options, notification), JsonSending.SnakeCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var datadog = (DatadogOptions)options;
        var body = JsonSerializer.SerializeToUtf8Bytes(DatadogEvent.Of(datadog, notification), JsonSending.SnakeCase);
        await http.PostWithKeyAsync(datadog.Url, "DD-API-KEY", datadog.Key, body, cancellationToken);
        return null;
    }
}
