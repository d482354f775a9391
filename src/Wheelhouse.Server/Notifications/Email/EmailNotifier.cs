using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>Writes mail. The reference is the id of the first message about a rollout; all others are answers to it, so that a rollout is one thread.</summary>
internal sealed class EmailNotifier(NotifierHttp secrets) : INotifier
{
    public string Name => "email";

    public Type OptionsType => typeof(EmailOptions);

    public string Preview(object options, Notification notification) => EmailMessage.Show(EmailMessage.Of((EmailOptions)options, notification, first: null));

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var email = (EmailOptions)options;
        if (earlier?.Contains('@', StringComparison.Ordinal) != true) earlier = null; // Another notifier's, from before the document was changed
        var password = email.Password is null ? null : await secrets.ReadSecretAsync(email.Password, cancellationToken);
        await SmtpSession.SendAsync(email, password, EmailMessage.Of(email, notification, earlier), cancellationToken);
        return notification.Rollout is null ? null : earlier ?? EmailMessage.IdOf(notification);
    }
}
