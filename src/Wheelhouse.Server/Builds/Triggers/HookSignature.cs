using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Checks signatures and tokens in constant time.</summary>
internal static class HookSignature
{
    /// <summary>How far the clock of who signed may differ; after that what was told counts as told before (Standard Webhooks).</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether a text is the HMAC-SHA256 of the body, in hexadecimal, after an optional <c>sha256=</c>.</summary>
    public static bool IsHmac(string? signature, ReadOnlySpan<byte> body, string secret)
    {
        if (signature is null) return false;
        var hex = signature.StartsWith("sha256=", StringComparison.Ordinal) ? signature["sha256=".Length..] : signature;
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return IsSame(hex.ToLowerInvariant(), expected);
    }

    /// <summary>Whether a text is the secret itself.</summary>
    public static bool IsToken(string? token, string secret) => token is not null && IsSame(token, secret);

    /// <summary>Whether one of the signatures of Standard Webhooks (version 1, symmetric) is right, and was made about now.</summary>
    public static bool IsStandard(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var (id, timestamp) = ((string?)headers["webhook-id"], (string?)headers["webhook-timestamp"]);
        if (id is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds) return false;
        var expected = StandardWebhook.Sign(secret, id, seconds, body);
        return ((string?)headers["webhook-signature"] ?? "").Split(' ').Aggregate(false, (found, one) => found | IsSame(one, expected));
    }

    /// <summary>Compares hashes of both, so that not even the length is told.</summary>
    private static bool IsSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
