using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;

namespace Wheelhouse.Python.Distributions;

/// <summary>The name of a file that an index holds: a <see cref="WheelFileName"/> or an <see cref="SdistFileName"/>.</summary>
public abstract class DistributionFileName
{
    /// <summary>The longest file name, in characters: what Linux file systems take.</summary>
    public const int MaxLength = 255;

    private protected DistributionFileName(string text, ProjectName project, PythonVersion version)
    {
        Text = text;
        Project = project;
        Version = version;
    }

    /// <summary>The file's name as written.</summary>
    public string Text { get; }

    /// <summary>The project that it names.</summary>
    public ProjectName Project { get; }

    /// <summary>The version that it names.</summary>
    public PythonVersion Version { get; }

    /// <summary>Whether name and version are spelled as the standards ask (PEP 625 for sdists, the binary distribution format for wheels).</summary>
    public abstract bool IsNormalized { get; }

    /// <summary>What follows the version: the build tag and tags of a wheel, and the extension.</summary>
    public abstract string Ending { get; }

    /// <summary>Whether both name the same file, however each spells project and version: <c>Acme-1.0.zip</c> and <c>acme-1.zip</c>.</summary>
    public bool IsSpellingOf(DistributionFileName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Ending, other.Ending, StringComparison.OrdinalIgnoreCase) && Project.Equals(other.Project) && Version == other.Version;
    }

    /// <summary>The project and version, spelled as the standards ask: <c>acme_billing-1.2</c>.</summary>
    private protected static string NormalStem(ProjectName project, PythonVersion version) => $"{project.Normalized.Replace('-', '_')}-{version}";

    /// <summary>Reads the name of a wheel (<c>.whl</c>) or sdist (<c>.tar.gz</c> or <c>.zip</c>).</summary>
    /// <exception cref="PythonFormatException">It is neither.</exception>
    public static DistributionFileName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.EndsWith(WheelFileName.Extension, StringComparison.Ordinal))
            return WheelFileName.Parse(text);
        if (SdistFileName.Extensions.Any(extension => text.EndsWith(extension, StringComparison.Ordinal)))
            return SdistFileName.Parse(text);
        throw new PythonFormatException($"{PythonText.Quote(text)} is neither a wheel (.whl) nor an sdist (.tar.gz or .zip).");
    }

    /// <summary>Reads the name of a wheel or sdist; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DistributionFileName? name) =>
        Attempt.To(Parse, text, out name);

    internal static void CheckLength(string text)
    {
        if (text.Length > MaxLength)
            throw new PythonFormatException($"{PythonText.Quote(text)} is too long for a file name: at most {MaxLength} characters.");
    }

    /// <summary>The file's name as written.</summary>
    public sealed override string ToString() => Text;
}
