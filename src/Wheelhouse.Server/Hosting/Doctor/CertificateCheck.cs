using System.Security.Cryptography.X509Certificates;
using Wheelhouse.Server.Hosting.Tls;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The certificate is valid, will be for a while, and names the host of the public address.</summary>
internal sealed class CertificateCheck : IServerCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "certificate";

    public Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken) => Task.FromResult(Look(surroundings));

    private static CheckResult Look(Surroundings surroundings)
    {
        var tls = surroundings.Settings.Get<TlsOptions>();
        if (tls.Certificate is null) return CheckResult.Skipped("No certificate is set.");
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(tls.Certificate);
        var (from, until, now) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter), surroundings.Now);
        if (now < from) return CheckResult.Failed($"The certificate is valid from {from:u} only.", "Check the clock, or take another certificate.");
        if (now >= until) return CheckResult.Failed($"The certificate expired at {until:u}.", "Renew it; the server reads the new files by itself.");
        if (surroundings.Settings.Get<ServerOptions>().PublicUrl is { } url && !certificate.MatchesHostname(new Uri(url).Host))
        {
            return CheckResult.Failed($"The certificate is not for {new Uri(url).Host}, the host of public_url.", "Take a certificate with that name.");
        }

        var message = $"The certificate is valid until {until:u}.";
        return until - now < Soon ? CheckResult.Warning(message, "Renew it; the server reads the new files by itself.") : CheckResult.Ok(message);
    }
}
