using System.Security.Cryptography;

namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>Reads the private key of a client or user: RSA in PEM, as PKCS#1 (<c>RSA PRIVATE KEY</c>) or PKCS#8 (<c>PRIVATE KEY</c>).</summary>
internal static class ClientKey
{
    /// <summary>Reads it.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="where">Where it stands, for messages.</param>
    /// <exception cref="InventoryException">It is something else; the message holds nothing of it.</exception>
    public static RSA Read(string pem, string where)
    {
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new InventoryException($"The key in {where} has a passphrase.", "Write it without one, for only the server's user to read: openssl rsa -in KEY -out NEW_KEY.");
        var label = PemEncoding.TryFind(pem, out var fields) ? pem[fields.Label] : null;
        if (label is not ("RSA PRIVATE KEY" or "PRIVATE KEY"))
        {
            throw label switch
            {
                null => new InventoryException($"{where} holds no key in PEM.", "Name the .pem file that Chef made for this client."),
                "OPENSSH PRIVATE KEY" => new InventoryException($"The key in {where} is in OpenSSH's form.", "Convert it: ssh-keygen -p -m PEM -f KEY."),
                _ => new InventoryException($"{where} holds a '{label}', but a private key signs.", "Name the .pem file that Chef made for this client."),
            };
        }

        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem.AsSpan()[fields.Location]);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new InventoryException($"The key in {where} is damaged or not RSA.", "Name the .pem file that Chef made for this client, or make a new key on the Chef server.");
        }
    }
}
