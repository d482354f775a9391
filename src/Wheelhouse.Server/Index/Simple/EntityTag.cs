using System.Security.Cryptography;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>Strong entity tags made from the bytes they stand for.</summary>
internal static class EntityTag
{
    /// <summary>The tag without its quotes.</summary>
    public static string TextOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
}
