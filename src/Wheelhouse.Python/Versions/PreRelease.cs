using System.Numerics;

namespace Wheelhouse.Python.Versions;

/// <summary>The pre-release part of a version, such as <c>rc1</c>.</summary>
/// <param name="Kind">The stage.</param>
/// <param name="Number">Its number; 0 when none was written.</param>
public readonly record struct PreRelease(PreReleaseKind Kind, BigInteger Number) : IComparable<PreRelease>
{
    /// <inheritdoc/>
    public int CompareTo(PreRelease other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : Number.CompareTo(other.Number);

    /// <summary>The normal form, such as <c>rc1</c>.</summary>
    public override string ToString() => Kind switch
    {
        PreReleaseKind.Alpha => $"a{Number}",
        PreReleaseKind.Beta => $"b{Number}",
        _ => $"rc{Number}",
    };

    /// <summary>Whether the left one comes earlier.</summary>
    public static bool operator <(PreRelease left, PreRelease right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes later.</summary>
    public static bool operator >(PreRelease left, PreRelease right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not come later.</summary>
    public static bool operator <=(PreRelease left, PreRelease right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come earlier.</summary>
    public static bool operator >=(PreRelease left, PreRelease right) => left.CompareTo(right) >= 0;
}

/// <summary>The stages of a pre-release, the earliest first.</summary>
public enum PreReleaseKind
{
    /// <summary><c>a</c>; also written <c>alpha</c>.</summary>
    Alpha,

    /// <summary><c>b</c>; also written <c>beta</c>.</summary>
    Beta,

    /// <summary><c>rc</c>; also written <c>c</c>, <c>pre</c> or <c>preview</c>.</summary>
    Candidate,
}
