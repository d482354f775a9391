using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>Hands one message to a mail server, on a connection of its own.</summary>
internal static class SmtpSession
{
    /// <summary>Ends when the server has taken the message for all recipients.</summary>
    /// <exception cref="NotifierException">It did not.</exception>
    public static async Task SendAsync(EmailOptions options, string? password, MimeMessage message, CancellationToken cancellationToken)
    {
        var roots = options.CaFile is null ? null : ReadRoots(options.CaFile);
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        if (roots is not null) client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(roots, certificate, chain, errors);
        try
        {
            await client.ConnectAsync(options.Host, options.ActualPort, options.Tls switch
            {
                EmailOptions.Implicit => SecureSocketOptions.SslOnConnect,
                EmailOptions.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellationToken);
            if (options.Username is not null) await client.AuthenticateAsync(options.Username, password!, cancellationToken);
            await client.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (SmtpFailures.Knows(failure))
        {
            throw SmtpFailures.Explain(failure, options, password);
        }

        await LeaveAsync(client, cancellationToken);
    }

    /// <summary>Says goodbye. The message was taken before: nothing that happens here may send it again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception late) when (late is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
            // The connection is closed when the client is disposed of
        }
    }

    private static X509Certificate2Collection ReadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new NotifierException($"ca_file '{path}' cannot be read as certificates.", "Name a PEM file that the server may read.");
        }

        return roots.Count > 0 ? roots : throw new NotifierException($"ca_file '{path}' has no certificate.", "Name a PEM file with the CA's certificate.");
    }

    private static bool IsTrusted(X509Certificate2Collection roots, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        return chain.Build(leaf);
    }
}
