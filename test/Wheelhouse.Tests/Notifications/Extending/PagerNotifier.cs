using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
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

    public string Preview(object options, Notification notification) => Body(notification).ToJsonString();

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var pager = (PagerOptions)options;
        var key = await http.ReadKeyAsync(pager.Key, cancellationToken);
        var request = new HttpRequestMessage(HttpMethod.Post, pager.Url) { Content = JsonContent.Create(Body(notification)) };
        request.Headers.Add("Authorization", $"Key {key}");
        await http.SendAsync(request, [key], cancellationToken);
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
