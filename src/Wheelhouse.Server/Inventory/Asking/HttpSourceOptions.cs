using System.ComponentModel.DataAnnotations;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>How a source is reached over HTTP; what the options of such inventories have in common.</summary>
public abstract record HttpSourceOptions : IValidatableObject
{
    /// <summary>A file with the certificates to trust in place of the system's (PEM).</summary>
    public string? CaFile { get; init; }

    /// <summary>A file with a client certificate (PEM); by default none is sent.</summary>
    public string? CertFile { get; init; }

    /// <summary>A file with the client certificate's private key (PEM, unencrypted); by default it stands in <see cref="CertFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The files for TLS.</summary>
    internal InventoryTls Tls => new(CaFile, CertFile, KeyFile);

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeyFile is not null && CertFile is null) yield return new ValidationResult("There is a key without a certificate; add cert_file.", ["key_file"]);
    }

    /// <summary>Says what is wrong with a source's address.</summary>
    protected static IEnumerable<ValidationResult> CheckUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            yield return new ValidationResult($"'{url}' is not a URL; write it from http:// or https:// on.", ["url"]);
        else if (address.UserInfo.Length > 0)
            yield return new ValidationResult("The URL contains a user or password, which everybody who sees the document would read; name a file instead.", ["url"]);
    }
}
