using System.Globalization;
using System.Numerics;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Makes ids of rollouts: ULIDs, which sort by the time they were made.</summary>
public static class RolloutId
{
    /// <summary>Makes one.</summary>
    public static string New(DateTimeOffset now) => Ulid.New(now);

    /// <summary>The id of the rollout's trace: the same 128 bits as 32 lower-case hexadecimal digits.</summary>
    public static string ToTraceId(string id)
    {
        var bits = id.Aggregate(BigInteger.Zero, (bits, character) => (bits << 5) | Math.Max(Ulid.Alphabet.IndexOf(character, StringComparison.Ordinal), 0));
        return (bits & ((BigInteger.One << 128) - 1)).ToString("x32", CultureInfo.InvariantCulture)[^32..];
    }
}
