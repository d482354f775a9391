using System.Globalization;
using MimeKit;
using MimeKit.Utils;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Templates;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>Makes mail of notifications: the same notification gives the same mail, whenever it is sent.</summary>
internal static class EmailMessage
{
    /// <summary>A message with a plain and an HTML part.</summary>
    /// <param name="options">Who it is from and for.</param>
    /// <param name="notification">What it says.</param>
    /// <param name="first">The id of the first message about the same rollout, to which this one is an answer (RFC 5322, 3.6.4); null when this is the first.</param>
    public static MimeMessage Of(EmailOptions options, Notification notification, string? first)
    {
        var message = new MimeMessage
        {
            Subject = Excerpt.Of(notification.Title, MessageTemplates.LongestTitle), // One line: nothing after a line break becomes a header
            Date = notification.At,
            MessageId = IdOf(notification),
            Body = new BodyBuilder { TextBody = EmailBody.Text(notification), HtmlBody = EmailBody.Html(notification) }.ToMessageBody(),
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.AddRange(options.To.Select(to => MailboxAddress.Parse(to)));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
        if (first is not null && first != message.MessageId)
        {
            message.InReplyTo = first;
            message.References.Add(first);
        }

        return message;
    }

    /// <summary>The id of the mail of a notification, without angle brackets: made of the notification's, so that a repeat is recognisable, and of the server's name.</summary>
    public static string IdOf(Notification notification) => $"{notification.Id}@{notification.Link.IdnHost}";

    /// <summary>The headers and the plain part, to read.</summary>
    public static string Show(MimeMessage message) => string.Create(
        CultureInfo.InvariantCulture, $"From: {message.From}\nTo: {message.To}\nDate: {DateUtils.FormatDate(message.Date)}\nSubject: {message.Subject}\n\n{message.TextBody}");
}
