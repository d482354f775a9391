using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wheelhouse.Server.Inventory.Chef.Signing;

namespace Wheelhouse.Tests.Inventory.Chef;

/// <summary>Chef's own code, mixlib-authentication in a Ruby process, verifies what is signed.</summary>
public sealed class SigningProtocolTests : IDisposable
{
    private const string Path = "/organizations/acme/search/node";

    private readonly TempFolder _folder = new("wh-sign");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> VersionsAndKeys => new()
    {
        { "1.0", 2048 }, { "1.1", 2048 }, { "1.3", 2048 }, { "1.0", 4096 }, { "1.1", 2056 }, { "1.3", 1024 },
    };

    [Theory]
    [MemberData(nameof(VersionsAndKeys))]
    public async Task Chef_verifies_the_signature(string version, int bits)
    {
        using var key = RSA.Create(bits);
        Assert.Equal("verified wheelhouse", await VerifyAsync(key, Sign(version, key), Path, """{"name":["näme"]}"""));
    }

    [Theory]
    [InlineData("1.0", "/organizations/other/search/node", "{}")]
    [InlineData("1.1", "/organizations/other/search/node", "{}")]
    [InlineData("1.3", "/organizations/other/search/node", "{}")]
    [InlineData("1.3", Path, """{"name":["fqdn"]}""")]
    public async Task The_signature_holds_for_this_request_alone(string version, string path, string body)
    {
        using var key = RSA.Create(2048);
        Assert.StartsWith("signature false", await VerifyAsync(key, Sign(version, key), path, body));
    }

    [Fact]
    public async Task Another_key_does_not_verify_it()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        foreach (var version in SigningProtocol.All) Assert.StartsWith("signature false", await VerifyAsync(other, Sign(version.Version, key), Path, "{}"));
    }

    [Fact]
    public void The_signature_is_cut_into_pieces()
    {
        using var key = RSA.Create(2048);
        var headers = Sign("1.3", key);
        var pieces = Enumerable.Range(1, 6).Select(i => headers[$"X-Ops-Authorization-{i}"]).ToList();
        Assert.Equal([60, 60, 60, 60, 60, 44], pieces.Select(piece => piece.Length));
        Assert.Equal(256, Convert.FromBase64String(string.Concat(pieces)).Length);
        Assert.DoesNotContain("X-Ops-Authorization-7", headers.Keys);
    }

    [Fact]
    public void A_key_that_is_too_short_for_the_old_protocols_is_refused()
    {
        using var key = RSA.Create(1024);
        Assert.Contains("1024 bits", Assert.Throws<CryptographicException>(() => Sign("1.0", key)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> Sign(string version, RSA key, string body = """{"name":["näme"]}""")
    {
        var request = new SignedRequest("POST", Path, Encoding.UTF8.GetBytes(body), TimeProvider.System.GetUtcNow());
        return new(SigningProtocol.All.Single(protocol => protocol.Version == version).Sign(request, "wheelhouse", key), StringComparer.Ordinal);
    }

    private async Task<string> VerifyAsync(RSA key, Dictionary<string, string> headers, string path, string body)
    {
        var publicKey = _folder.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        await using var ruby = ChildProcess.Start("ruby", [System.IO.Path.Combine(Repository.Fixtures, "chef", "verify.rb"), publicKey], keepInput: true);
        headers["Host"] = "chef.example";
        await ruby.Input.WriteAsync(JsonSerializer.Serialize(new { method = "POST", path, headers, body }).AsMemory(), Token);
        ruby.Input.Close();
        var finished = await ruby.FinishAsync(Token);
        Assert.True(finished.ExitCode == 0, finished.Errors);
        return finished.Output;
    }
}
