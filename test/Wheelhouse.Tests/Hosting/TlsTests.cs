using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Hosting.Tls;

namespace Wheelhouse.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new("wh-tls");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_renewed_certificate_is_served_without_a_restart_and_nodes_are_given_its_ca()
    {
        var token = TestContext.Current.CancellationToken;
        var first = WriteCertificate(DateTime.UnixEpoch.AddYears(70));
        var settings = new Dictionary<string, string>
        {
            ["urls"] = "https://127.0.0.1:0",
            ["tls.certificate"] = _folder["cert.pem"],
            ["tls.key"] = _folder["key.pem"],
        };
        await using var server = await TestServer.StartAsync(token, settings);
        await ExpectAsync(first, server.Url, token);
        var ca = server.Services.GetRequiredService<ServerCertificate>().TrustedCa();
        Assert.Equal(first, X509Certificate2.CreateFromPem(ca).Thumbprint);

        var second = WriteCertificate(DateTime.UnixEpoch.AddYears(71));
        await ExpectAsync(second, server.Url, token);
    }

    /// <summary>Connects and accepts the expected certificate only.</summary>
    private static async Task ExpectAsync(string thumbprint, Uri url, CancellationToken token)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, served, _, _) => (served as X509Certificate2)?.Thumbprint == thumbprint;
        using var http = new HttpClient(handler);
        Assert.Equal("live", await http.GetStringAsync(new Uri(url, "/health/live"), token));
    }

    /// <summary>Writes a self-signed certificate whose files bear a time of their own, as a renewal's do.</summary>
    private string WriteCertificate(DateTime written)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=wheelhouse-test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        _folder.Write("cert.pem", certificate.ExportCertificatePem());
        _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        File.SetLastWriteTimeUtc(_folder["cert.pem"], written);
        File.SetLastWriteTimeUtc(_folder["key.pem"], written);
        return certificate.Thumbprint;
    }
}
