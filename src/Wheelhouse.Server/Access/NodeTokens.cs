using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Wheelhouse.Server.Access;

/// <summary>
/// Short-lived tokens with which nodes read the index. They are not stored: each is its own time of expiry, sealed with the server's keys
/// in the data directory, so it survives a restart.
/// </summary>
public sealed class NodeTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Prefix = "whn_";

    private readonly IDataProtector _protector = protection.CreateProtector("Wheelhouse.NodeTokens.1");

    /// <summary>Makes a token that reads the index and nothing else.</summary>
    /// <param name="lifetime">How long it works.</param>
    public string Issue(TimeSpan lifetime)
    {
        var expires = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(expires, (time.GetUtcNow() + lifetime).UtcTicks);
        return Prefix + Base64Url.EncodeToString(_protector.Protect(expires));
    }

    /// <summary>Whether a text claims to be a node's token.</summary>
    internal static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>When a node's token expires or expired; null when this server did not issue it.</summary>
    internal DateTimeOffset? FindExpiry(string token)
    {
        try
        {
            var expires = _protector.Unprotect(Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length)));
            return expires.Length == sizeof(long) ? new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(expires), TimeSpan.Zero) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null; // Made up, cut off, or sealed with the keys of another server
        }
    }
}
