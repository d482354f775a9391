using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>The symmetric signature of Standard Webhooks (github.com/standard-webhooks/standard-webhooks, version 1).</summary>
internal static class StandardWebhook
{
    private const string Prefix = "whsec_";

    /// <summary>Signs a message: the value of the header <c>webhook-signature</c>.</summary>
    /// <param name="secret">The key: base64 after <c>whsec_</c>, or any other text, taken as its UTF-8.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>, in seconds since 1970.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp.ToString(CultureInfo.InvariantCulture)}."), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed))}";
    }

    private static byte[] Key(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length)
            ? key[..length]
            : Encoding.UTF8.GetBytes(secret);
    }
}
