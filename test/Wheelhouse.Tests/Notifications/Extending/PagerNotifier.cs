using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Tests.Notifications.Extending;

public sealed record PagerOptions : IValidatableObject
{
    /// <summary>The pager's address.</summary>
    public required string Url { get; init; }

    /// <summary>The key of the integration.</summary>
    public required SecretName Key { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServerUrl.FindFlaw(Url) is { } flaw) yield return new ValidationResult(flaw, ["url"]);
    }
}

internal sealed class PagerNotifier(NotifierHttp http) : INotifier
{
    public string Name => "pager";

    public Type OptionsType => typeof(PagerOptions);

    public IReadOnlyList<string> DefaultEvents => [NotificationEvents.Failed, NotificationEvents.Paused];

    public string Preview(object options, Notification notification) => JsonSending.Show(Body(notification), JsonSending.SnakeCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var pager = (PagerOptions)options;
        var body = JsonSerializer.SerializeToUtf8Bytes(Body(notification), JsonSending.SnakeCase);
        await http.PostWithKeyAsync(new Uri(pager.Url), "X-Pager-Key", pager.Key, body, cancellationToken);
        return null;
    }

    private static JsonObject Body(Notification notification) => new()
    {
        ["id"] = notification.Id, // By which the pager recognises a repeat
        ["summary"] = notification.Title,
        ["details"] = notification.Text,
        ["link"] = notification.Link.AbsoluteUri,
    };
}
