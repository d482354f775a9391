using System.Security.Cryptography;
using System.Text;

namespace Wheelhouse.Server.Inventory.Chef.Signing;

/// <summary>
/// A version of Chef's protocol of signed requests (Mixlib::Authentication; Chef Infra Server API, "Authentication Headers"). A request proves who asks
/// by a signature over its method, path, body, time and user in the headers <c>X-Ops-…</c>.
/// </summary>
/// <param name="Version">Its number.</param>
/// <param name="Hash">How body and, before 1.3, path and user are hashed.</param>
internal sealed record SigningProtocol(string Version, HashAlgorithmName Hash)
{
    /// <summary>The version of the server's API that is spoken; part of what 1.3 signs.</summary>
    public const string ApiVersion = "1";

    /// <summary>The protocol's value in a header is cut into pieces of so many characters.</summary>
    private const int LineLength = 60;

    /// <summary>All versions that servers understand; 1.2 was never released for clients.</summary>
    public static IReadOnlyList<SigningProtocol> All { get; } =
    [
        new("1.0", HashAlgorithmName.SHA1),
        new("1.1", HashAlgorithmName.SHA1),
        new("1.3", HashAlgorithmName.SHA256),
    ];

    /// <summary>The headers of a signed request.</summary>
    /// <param name="request">What is signed.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="key">The user's private key.</param>
    /// <exception cref="CryptographicException">The key is too short for this request.</exception>
    public IEnumerable<KeyValuePair<string, string>> Sign(SignedRequest request, string user, RSA key)
    {
        var time = request.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var content = HashText(request.Body);
        yield return new("X-Ops-Sign", $"algorithm={Hash.Name!.ToLowerInvariant()};version={Version};");
        yield return new("X-Ops-Userid", user);
        yield return new("X-Ops-Timestamp", time);
        yield return new("X-Ops-Content-Hash", content);
        yield return new("X-Ops-Server-API-Version", ApiVersion);
        var canonical = Encoding.UTF8.GetBytes(Canonicalize(request, user, time, content));
        var signature = Version is "1.3" ? key.SignData(canonical, Hash, RSASignaturePadding.Pkcs1) : RsaPrivateOperation.Encrypt(key, canonical);
        foreach (var (i, line) in Convert.ToBase64String(signature).Chunk(LineLength).Index())
            yield return new($"X-Ops-Authorization-{i + 1}", new string(line));
    }

    private string Canonicalize(SignedRequest request, string user, string time, string content) => string.Join('\n', Version is "1.3"
        ?
        [
            $"Method:{request.Method}", $"Path:{request.Path}", $"X-Ops-Content-Hash:{content}", $"X-Ops-Sign:version={Version}",
            $"X-Ops-Timestamp:{time}", $"X-Ops-UserId:{user}", $"X-Ops-Server-API-Version:{ApiVersion}",
        ]
        :
        [
            $"Method:{request.Method}", $"Hashed Path:{HashText(Encoding.UTF8.GetBytes(request.Path))}", $"X-Ops-Content-Hash:{content}",
            $"X-Ops-Timestamp:{time}", $"X-Ops-UserId:{(Version is "1.1" ? HashText(Encoding.UTF8.GetBytes(user)) : user)}",
        ]);

    private string HashText(byte[] data) => Convert.ToBase64String(CryptographicOperations.HashData(Hash, data));
}

/// <summary>What is signed of a request.</summary>
/// <param name="Method">Its method in upper case.</param>
/// <param name="Path">Its path without the query, without doubled slashes and without one at the end.</param>
/// <param name="Body">Its body; empty when it has none.</param>
/// <param name="Time">When it is sent; servers refuse what is 15 minutes off their clock.</param>
internal sealed record SignedRequest(string Method, string Path, byte[] Body, DateTimeOffset Time);
