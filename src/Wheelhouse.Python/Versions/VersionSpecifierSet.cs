using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Python.Versions;

/// <summary>Clauses that must all hold, such as <c>&gt;=1.2,!=1.3.*</c> (PEP 440). None at all matches every final release.</summary>
public sealed class VersionSpecifierSet
{
    private VersionSpecifierSet(VersionSpecifier[] specifiers) => Specifiers = specifiers;

    /// <summary>The set without clauses.</summary>
    public static VersionSpecifierSet Any { get; } = new([]);

    /// <summary>The clauses in the order they were written.</summary>
    public IReadOnlyList<VersionSpecifier> Specifiers { get; }

    /// <summary>Whether a clause names a pre-release, which lets pre-releases in.</summary>
    public bool NamesPrerelease => Specifiers.Any(s => s.NamesPrerelease);

    /// <summary>Whether a version meets every clause.</summary>
    /// <param name="version">The version.</param>
    /// <param name="prereleases">Whether pre-releases may match; null (default) means only when a clause names one.</param>
    public bool Contains(PythonVersion version, bool? prereleases = null)
    {
        ArgumentNullException.ThrowIfNull(version);
        return (!version.IsPrerelease || (prereleases ?? NamesPrerelease)) && Specifiers.All(s => s.Matches(version));
    }

    /// <summary>The clauses, joined by commas without white space.</summary>
    public override string ToString() => string.Join(',', Specifiers);

    /// <summary>Reads clauses separated by commas; empty text gives <see cref="Any"/>.</summary>
    /// <exception cref="PythonFormatException">A clause is invalid.</exception>
    public static VersionSpecifierSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clauses = text.Split(',').Where(part => !part.AsSpan().Trim(PythonText.Whitespace).IsEmpty);
        return new([.. clauses.Select(VersionSpecifier.Parse)]);
    }

    /// <summary>Reads clauses; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VersionSpecifierSet? specifiers) =>
        Attempt.To(Parse, text, out specifiers);
}
