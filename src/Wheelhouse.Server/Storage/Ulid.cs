using System.Numerics;

namespace Wheelhouse.Server.Storage;

/// <summary>Makes ids that sort by the time they were made: ULIDs, 128 bits as 26 characters of Crockford's base 32.</summary>
internal static class Ulid
{
    /// <summary>The digits.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How many characters an id has.</summary>
    public const int Length = 26;

    /// <summary>Makes one. Its first 48 bits are the time in milliseconds, as in a version 7 UUID (RFC 9562).</summary>
    public static string New(DateTimeOffset now)
    {
        var bits = new BigInteger(Guid.CreateVersion7(now).ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true);
        return string.Create(Length, bits, static (text, bits) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, bits >>= 5) text[i] = Alphabet[(int)(bits & 31)];
        });
    }
}
