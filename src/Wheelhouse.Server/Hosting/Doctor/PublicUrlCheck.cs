using System.Security.Cryptography.X509Certificates;
using Wheelhouse.Server.Hosting.Tls;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The running server answers at its public address, with a certificate that nodes will trust.</summary>
internal sealed class PublicUrlCheck : IServerCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => "public_url";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (surroundings.Running is not { } running) return CheckResult.Skipped("No server runs on this data directory.");
        using var handler = new SocketsHttpHandler();
        if (surroundings.Settings.Get<TlsOptions>() is { Certificate: not null } tls)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(tls.Ca ?? tls.Certificate);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = tls.Ca is null && trusted.Count > 1 ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"{running.PublicUrl}/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode
                ? CheckResult.Ok($"{running.PublicUrl} answers.")
                : CheckResult.Failed($"{running.PublicUrl}/health/ready answers {(int)answer.StatusCode}.", "Look into the server's log.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Failed(
                $"{running.PublicUrl} cannot be reached: {exception.InnerException?.Message ?? exception.Message}", "Set public_url to an address that this machine and the nodes reach.");
        }
    }
}
