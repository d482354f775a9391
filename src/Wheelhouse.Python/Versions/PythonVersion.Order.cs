using System.Numerics;

namespace Wheelhouse.Python.Versions;

/// <content>The order of PEP 440, "Summary of permitted suffixes and relative ordering".</content>
public sealed partial class PythonVersion : IComparable<PythonVersion>, IEquatable<PythonVersion>
{
    /// <inheritdoc/>
    public int CompareTo(PythonVersion? other)
    {
        if (other is null)
            return 1;
        int order;
        if ((order = Epoch.CompareTo(other.Epoch)) != 0) return order;
        if ((order = CompareReleases(_release, other._release)) != 0) return order;
        if ((order = ComparePre(this, other)) != 0) return order;
        if ((order = Nullable.Compare(Post, other.Post)) != 0) return order;
        if ((order = CompareDev(Dev, other.Dev)) != 0) return order;
        return CompareLocals(_local, other._local);
    }

    /// <inheritdoc/>
    public bool Equals(PythonVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PythonVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Epoch);
        for (var i = 0; i < SignificantLength(_release); i++)
            hash.Add(_release[i]);
        hash.Add(Pre);
        hash.Add(Post);
        hash.Add(Dev);
        hash.Add(_local, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have the same epoch and release part, whatever follows.</summary>
    internal bool HasSameBase(PythonVersion other) => Epoch == other.Epoch && CompareReleases(_release, other._release) == 0;

    /// <summary>Whether the release part begins with the first <paramref name="length"/> numbers of another's, zeros filled in.</summary>
    internal bool StartsWith(PythonVersion prefix, int length)
    {
        if (Epoch != prefix.Epoch)
            return false;
        for (var i = 0; i < length; i++)
        {
            if (NumberAt(_release, i) != prefix._release[i])
                return false;
        }

        return true;
    }

    private static int CompareReleases(BigInteger[] left, BigInteger[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = NumberAt(left, i).CompareTo(NumberAt(right, i));
            if (order != 0)
                return order;
        }

        return 0;
    }

    /// <summary><c>1.0.dev1</c> comes before <c>1.0a1</c>, and <c>1.0a1</c> before anything that has no pre-release part.</summary>
    private static int ComparePre(PythonVersion left, PythonVersion right)
    {
        var order = left.PreRank.CompareTo(right.PreRank);
        return order != 0 ? order : Nullable.Compare(left.Pre, right.Pre);
    }

    private int PreRank => this switch
    {
        { Pre: not null } => 1,
        { Post: null, Dev: not null } => 0,
        _ => 2,
    };

    private static int CompareDev(BigInteger? left, BigInteger? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (a, b) => a.Value.CompareTo(b.Value),
    };

    /// <summary>Part by part: numbers by value and above words, words by their characters, the shorter first when all else is equal.</summary>
    private static int CompareLocals(string? left, string? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var (lefts, rights) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            var (a, b) = (lefts[i], rights[i]);
            var (aIsNumber, bIsNumber) = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit));
            var order = aIsNumber.CompareTo(bIsNumber);
            if (order == 0 && aIsNumber)
                order = a.Length.CompareTo(b.Length);
            if (order == 0)
                order = string.CompareOrdinal(a, b);
            if (order != 0)
                return order;
        }

        return lefts.Length.CompareTo(rights.Length);
    }

    private static BigInteger NumberAt(BigInteger[] release, int index) => index < release.Length ? release[index] : BigInteger.Zero;

    private static int SignificantLength(BigInteger[] release) => Array.FindLastIndex(release, n => !n.IsZero) + 1;

    /// <summary>Whether both have the same place in the order.</summary>
    public static bool operator ==(PythonVersion? left, PythonVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they differ in their place in the order.</summary>
    public static bool operator !=(PythonVersion? left, PythonVersion? right) => !(left == right);

    /// <summary>Whether the left one comes earlier.</summary>
    public static bool operator <(PythonVersion? left, PythonVersion? right) => Comparer<PythonVersion>.Default.Compare(left, right) < 0;

    /// <summary>Whether the left one comes later.</summary>
    public static bool operator >(PythonVersion? left, PythonVersion? right) => Comparer<PythonVersion>.Default.Compare(left, right) > 0;

    /// <summary>Whether the left one does not come later.</summary>
    public static bool operator <=(PythonVersion? left, PythonVersion? right) => Comparer<PythonVersion>.Default.Compare(left, right) <= 0;

    /// <summary>Whether the left one does not come earlier.</summary>
    public static bool operator >=(PythonVersion? left, PythonVersion? right) => Comparer<PythonVersion>.Default.Compare(left, right) >= 0;
}
