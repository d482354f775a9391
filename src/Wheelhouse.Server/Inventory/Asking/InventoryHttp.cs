using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>
/// Connects inventories with sources that speak HTTP. Each answer to "which nodes?" opens a connection of its own, since certificates are part of the
/// query, and a renewed file counts at once.
/// </summary>
public sealed class InventoryHttp(InventoryFiles files)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes ready to ask; nothing is sent yet. The proxy is the one of the server's environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>).</summary>
    /// <exception cref="InventoryException">A certificate cannot be read.</exception>
    public async Task<InventoryConnection> OpenAsync(InventoryTls tls, CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
        };
        try
        {
            if (tls.CaFile is { } ca) handler.SslOptions.CertificateChainPolicy = await TrustAsync([ca], cancellationToken);
            else if (tls.CaDirectory is { } directory) handler.SslOptions.CertificateChainPolicy = await TrustBesideSystemAsync(directory, cancellationToken);
            if (tls.CertFile is { } certificate) handler.SslOptions.ClientCertificates = [await ReadClientAsync(certificate, tls.KeyFile, cancellationToken)];
            return new InventoryConnection(handler, files);
        }
        catch
        {
            handler.Dispose();
            throw;
        }
    }

    private async Task<X509ChainPolicy> TrustBesideSystemAsync(string directory, CancellationToken cancellationToken)
    {
        var paths = files.List(directory).Where(path => Path.GetExtension(path) is ".crt" or ".pem");
        var policy = await TrustAsync(paths, cancellationToken);
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return policy;
    }

    private async Task<X509ChainPolicy> TrustAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var path in paths) policy.CustomTrustStore.AddRange(await ReadCertificatesAsync(path, cancellationToken));
        return policy;
    }

    private async Task<X509Certificate2Collection> ReadCertificatesAsync(string path, CancellationToken cancellationToken)
    {
        var certificates = new X509Certificate2Collection();
        var pem = await files.ReadAsync(path, cancellationToken);
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException flaw)
        {
            throw new InventoryException($"{path} has a certificate that cannot be read: {flaw.Message}", "Write certificates in PEM into it.");
        }

        return certificates.Count > 0 ? certificates : throw new InventoryException($"{path} has no certificate.", "Write the CA's certificate in PEM into it.");
    }

    private async Task<X509Certificate2> ReadClientAsync(string certificate, string? key, CancellationToken cancellationToken)
    {
        var certificatePem = await files.ReadAsync(certificate, cancellationToken);
        var keyPem = key is null ? certificatePem : await files.ReadAsync(key, cancellationToken);
        try
        {
            return X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (Exception flaw) when (flaw is CryptographicException or ArgumentException)
        {
            throw new InventoryException(
                $"The client certificate in {certificate} cannot be used with the key in {key ?? certificate}.",
                "Write both in PEM, the key unencrypted and the certificate's own.");
        }
    }
}
