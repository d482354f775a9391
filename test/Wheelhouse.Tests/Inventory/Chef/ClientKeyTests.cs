using System.Security.Cryptography;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Chef.Settings;

namespace Wheelhouse.Tests.Inventory.Chef;

public sealed class ClientKeyTests : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly RSA _key = RSA.Create(1024);

    [Fact]
    public void Both_forms_of_RSA_keys_are_read()
    {
        foreach (var pem in new[] { _key.ExportRSAPrivateKeyPem(), _key.ExportPkcs8PrivateKeyPem(), $"# Alice's\n{_key.ExportRSAPrivateKeyPem()}\n" })
        {
            using var read = ClientKey.Read(pem, "a.pem");
            Assert.Equal(_key.ExportRSAPrivateKey(), read.ExportRSAPrivateKey());
        }
    }

    [Fact]
    public void What_is_no_such_key_is_said()
    {
        using var curve = ECDsa.Create();
        AssertRefused("has a passphrase", _key.ExportEncryptedPkcs8PrivateKeyPem("secret", Encryption));
        AssertRefused("has a passphrase", _key.ExportRSAPrivateKeyPem().Replace("KEY-----\nMI", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMI", StringComparison.Ordinal));
        AssertRefused("'PUBLIC KEY'", _key.ExportSubjectPublicKeyInfoPem());
        AssertRefused("OpenSSH's form", PemEncoding.WriteString("OPENSSH PRIVATE KEY", [1, 2, 3]));
        AssertRefused("damaged or not RSA", curve.ExportPkcs8PrivateKeyPem());
        AssertRefused("damaged or not RSA", PemEncoding.WriteString("RSA PRIVATE KEY", _key.ExportRSAPrivateKey().AsSpan(0, 100)));
        AssertRefused("no key in PEM", "");
        AssertRefused("no key in PEM", _key.ExportRSAPrivateKeyPem()[..200]);
    }

    public void Dispose() => _key.Dispose();

    private static void AssertRefused(string message, string pem)
    {
        var error = Assert.Throws<InventoryException>(() => ClientKey.Read(pem, "a.pem"));
        Assert.Contains(message, error.Message);
        Assert.Contains("a.pem", error.Message);
        Assert.DoesNotContain("MII", error.Message + error.Fix);
    }
}
