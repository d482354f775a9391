using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Webhook;

/// <summary>A receiver of signed JSON; see <see cref="WebhookNotifier"/>.</summary>
public sealed record WebhookOptions : IValidatableObject
{
    /// <summary>Where to send; <c>https://</c>, or <c>http://</c> within a network that is trusted.</summary>
    public required string Url { get; init; }

    /// <summary>The key that signatures are made with: base64 after <c>whsec_</c> (Standard Webhooks), or any text; by default nothing is signed.</summary>
    public SecretName? Secret { get; init; }

    /// <summary>Refuses what is not a URL, or one with a password in it.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ServerUrl.TryParse(Url, out var url)) yield return new ValidationResult("This is not a URL; write it from https:// on.", ["url"]);
        else if (url.UserInfo.Length > 0)
            yield return new ValidationResult("The URL contains a user or password, which everybody who sees the document would read; let the receiver check the signature instead.", ["url"]);
    }
}
