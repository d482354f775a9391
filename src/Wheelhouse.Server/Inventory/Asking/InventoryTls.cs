namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>How a source proves who it is over TLS, and the server to it: PEM files, each of which <see cref="InventoryFiles"/> must allow.</summary>
/// <param name="CaFile">The certificates to trust in place of the system's; null trusts the system's.</param>
/// <param name="CertFile">The client certificate; null sends none.</param>
/// <param name="KeyFile">The client certificate's private key, unencrypted; null when it stands in <paramref name="CertFile"/>.</param>
public sealed record InventoryTls(string? CaFile, string? CertFile = null, string? KeyFile = null)
{
    /// <summary>A directory of certificates (<c>*.crt</c>, <c>*.pem</c>) to trust beside the system's; null when there is none. Not used with a file of CAs.</summary>
    public string? CaDirectory { get; init; }
}
