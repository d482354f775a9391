using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>Says what a mail server's answer means (RFC 5321, 4.2: 4xx may pass, 5xx does not), without the password.</summary>
internal static class SmtpFailures
{
    private const int ExcerptLength = 200;
    private const int FirstPermanent = 500;

    /// <summary>Whether sending mail can fail so.</summary>
    public static bool Knows(Exception failure) =>
        failure is NotSupportedException or AuthenticationException or SslHandshakeException or ServiceNotAuthenticatedException or CommandException or ProtocolException
            or IOException or SocketException or TimeoutException;

    /// <summary>What to tell of it.</summary>
    public static NotifierException Explain(Exception failure, EmailOptions options, string? password)
    {
        var server = string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.ActualPort}");
        return failure switch
        {
            SslHandshakeException => new NotifierException(
                $"{server}: no trusted TLS connection.",
                options.Tls == EmailOptions.Implicit
                    ? "Write tls: starttls if the server expects it at this port; else correct the server's certificate or name its CA in ca_file."
                    : "Correct the server's certificate, or name its CA in ca_file."),
            NotSupportedException when failure.Message.Contains("SMTPUTF8", StringComparison.Ordinal) || failure.Message.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) => new NotifierException(
                $"{server} does not take addresses with letters outside ASCII (SMTPUTF8).", "Correct from and to, then send it again.")
            { IsRefused = true },
            NotSupportedException when options.Username is null => new NotifierException($"{server} offers no STARTTLS.", "Write tls: implicit or the port that has it; tls: none only within a network that is trusted."),
            NotSupportedException => new NotifierException($"{server} offers no STARTTLS, or no way to sign in.", "Correct tls and port, or remove username and password."),
            AuthenticationException => new NotifierException($"{server} does not let '{options.Username}' in.", "Correct username, or the password's secret."),
            ServiceNotAuthenticatedException => new NotifierException($"{server} wants a sign-in.", "Add username and password."),
            SmtpCommandException answer => Answered(server, answer, password),
            _ => new NotifierException($"{server} failed: {Shorten(failure.Message, password).TrimEnd('.')}.", "Correct host, port and tls, or see why the server does not answer."),
        };
    }

    private static NotifierException Answered(string server, SmtpCommandException answer, string? password)
    {
        var status = (int)answer.StatusCode;
        var about = answer.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => $" about the recipient {answer.Mailbox?.Address}",
            SmtpErrorCode.SenderNotAccepted => $" about the sender {answer.Mailbox?.Address}",
            _ => "",
        };
        var isRefused = status >= FirstPermanent && answer.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);
        return new NotifierException(string.Create(CultureInfo.InvariantCulture, $"{server} answered with {status}{about}: {Shorten(answer.Message, password)}"), answer.ErrorCode switch
        {
            _ when status < FirstPermanent => null,
            SmtpErrorCode.RecipientNotAccepted => "Correct to, then send it again.",
            SmtpErrorCode.SenderNotAccepted => "Correct from.",
            _ => "Correct the channel's options, then send it again.",
        })
        { IsRefused = isRefused };
    }

    private static string Shorten(string text, string? password) =>
        Excerpt.Of(string.IsNullOrEmpty(password) ? text : text.Replace(password, "***", StringComparison.Ordinal), ExcerptLength);
}
