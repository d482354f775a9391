using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Hosting.Tls;

/// <summary>The settings of https.</summary>
[Settings("tls")]
public sealed class TlsOptions : IValidatableObject
{
    [Description("The certificate for https: a PEM file, the server's first, then the intermediate ones. Read again when it changes.")]
    public string? Certificate { get; set; }

    [Description("The certificate's private key: a PEM file without a passphrase.")]
    public string? Key { get; set; }

    /// <summary>Handed to nodes, so that pip trusts the index. Null hands over the last certificate of the file if it signed itself.</summary>
    [Description("The CA certificate that nodes need to trust the server: a PEM file. Not needed for a public CA.")]
    public string? Ca { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate is null && validationContext.Items.TryGetValue(typeof(ServerOptions), out var server) && server is ServerOptions { UsesTls: true })
        {
            yield return new SettingError(nameof(Certificate), "An address in urls is https, which needs a certificate.", "Give tls.certificate and tls.key.");
        }
        else if (Certificate is null != Key is null)
        {
            yield return new SettingError(
                Certificate is null ? nameof(Certificate) : nameof(Key), "A certificate and its key belong together.", "Give tls.certificate and tls.key.");
        }
        else if (Certificate is not null && Try(() => X509Certificate2.CreateFromPemFile(Certificate, Key).Dispose()) is { } error)
        {
            yield return new SettingError(nameof(Certificate), error, "Name PEM files that the server may read and that belong together.");
        }

        if (Ca is not null && Try(() => new X509Certificate2Collection().ImportFromPemFile(Ca)) is { } problem)
        {
            yield return new SettingError(nameof(Ca), problem, "Name a PEM file that the server may read.");
        }
    }

    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
