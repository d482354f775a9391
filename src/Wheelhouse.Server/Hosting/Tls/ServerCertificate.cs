using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wheelhouse.Server.Hosting.Tls;

/// <summary>The server's certificate, read again when its files change, so that a renewed one needs no restart.</summary>
public sealed class ServerCertificate(TlsOptions options, ILogger<ServerCertificate> logger)
{
    private readonly Lock _gate = new();
    private (DateTime Stamp, SslStreamCertificateContext Context)? _loaded;

    /// <summary>What Kestrel offers to a client; null when no certificate is set.</summary>
    public SslStreamCertificateContext? Current
    {
        get
        {
            if (options.Certificate is null || options.Key is null) return null;
            lock (_gate)
            {
                var stamp = new[] { options.Certificate, options.Key }.Max(File.GetLastWriteTimeUtc);
                if (_loaded is not { } loaded || loaded.Stamp != stamp) _loaded = (stamp, Load(options.Certificate, options.Key));
                return _loaded.Value.Context;
            }
        }
    }

    /// <summary>The CA certificates in PEM that a client needs to trust this server; null when it needs none (a public CA, or plain http).</summary>
    public string? TrustedCa()
    {
        if (options.Ca is not null) return File.ReadAllText(options.Ca);
        if (options.Certificate is null) return null;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Certificate);
        var root = chain.FirstOrDefault(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData));
        return root?.ExportCertificatePem();
    }

    private SslStreamCertificateContext Load(string certificate, string key)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            return SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), chain, offline: true);
        }
        catch (Exception exception) when (_loaded is { } last && exception is IOException or CryptographicException)
        {
            logger.LogError(exception, "The renewed certificate {File} cannot be read; the old one stays in use", certificate);
            return _loaded!.Value.Context;
        }
    }
}
