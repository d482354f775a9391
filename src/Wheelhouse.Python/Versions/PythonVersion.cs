using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Wheelhouse.Python.Versions;

/// <summary>
/// A version as PEP 440 defines it. Two versions are equal when they have the same place in the order,
/// so <c>1.0</c> equals <c>1.0.0</c>; <see cref="ToString"/> gives the normal form.
/// </summary>
public sealed partial class PythonVersion
{
    /// <summary>The longest text that is read as a version, in characters.</summary>
    public const int MaxLength = 512;

    private readonly BigInteger[] _release;
    private readonly string? _local;

    internal PythonVersion(BigInteger epoch, BigInteger[] release, PreRelease? pre, BigInteger? post, BigInteger? dev, string? local)
    {
        Epoch = epoch;
        _release = release;
        Pre = pre;
        Post = post;
        Dev = dev;
        _local = local;
    }

    /// <summary>The epoch; 0 unless written as <c>N!</c>.</summary>
    public BigInteger Epoch { get; }

    /// <summary>The numbers of the release part as written, trailing zeros included; at least one.</summary>
    public IReadOnlyList<BigInteger> Release => _release;

    /// <summary>The pre-release part, or null.</summary>
    public PreRelease? Pre { get; }

    /// <summary>The number of the post-release, or null.</summary>
    public BigInteger? Post { get; }

    /// <summary>The number of the development release, or null.</summary>
    public BigInteger? Dev { get; }

    /// <summary>The local part in its normal form, such as <c>corp.1</c>, or null.</summary>
    public string? Local => _local;

    /// <summary>Whether this is an alpha, beta, candidate or development release: not final.</summary>
    public bool IsPrerelease => Pre is not null || Dev is not null;

    /// <summary>Whether this is a post-release.</summary>
    public bool IsPostrelease => Post is not null;

    /// <summary>The epoch and the release part, such as <c>1!2.0</c> of <c>1!2.0rc1+x</c>.</summary>
    public string Base => string.Concat(Epoch.IsZero ? "" : $"{Epoch}!", string.Join('.', _release));

    /// <summary>All but the local part.</summary>
    public string Public => string.Concat(Base, Pre?.ToString(), Post is { } post ? $".post{post}" : "", Dev is { } dev ? $".dev{dev}" : "");

    /// <summary>This version without its local part.</summary>
    public PythonVersion WithoutLocal() => _local is null ? this : new(Epoch, _release, Pre, Post, Dev, local: null);

    /// <summary>The normal form.</summary>
    public override string ToString() => _local is null ? Public : $"{Public}+{_local}";

    /// <summary>Reads a version in any spelling that PEP 440 allows, with white space around it.</summary>
    /// <exception cref="PythonFormatException">It is not a version.</exception>
    public static PythonVersion Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VersionReader.Read(text, out var problem) ?? throw new PythonFormatException(problem);
    }

    /// <summary>Reads a version; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PythonVersion? version)
    {
        version = text is null ? null : VersionReader.Read(text, out _);
        return version is not null;
    }
}
