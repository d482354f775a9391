using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Distributions;

/// <summary>
/// The name of an sdist. PEP 625 asks for <c>acme_billing-1.2.tar.gz</c>; older tools wrote the name and version as the
/// project spells them (<c>Acme-Billing-1.2.0.zip</c>), which is read too: the last <c>-</c> parts the name from the version.
/// </summary>
public sealed class SdistFileName : DistributionFileName
{
    private SdistFileName(string text, ProjectName project, PythonVersion version) : base(text, project, version) { }

    /// <summary><c>.tar.gz</c>, and <c>.zip</c> of older tools.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".tar.gz", ".zip"];

    /// <inheritdoc/>
    public override bool IsNormalized => string.Equals(Text, $"{NormalStem(Project, Version)}.tar.gz", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string Ending => Extensions.First(extension => Text.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>Reads the name of an sdist.</summary>
    /// <exception cref="PythonFormatException">It is not one.</exception>
    public static new SdistFileName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckLength(text);
        var extension = Extensions.FirstOrDefault(e => text.EndsWith(e, StringComparison.Ordinal)) ?? throw Bad(text, "it must end in .tar.gz or .zip");
        var stem = text[..^extension.Length];
        var dash = stem.LastIndexOf('-');
        if (dash < 0)
            throw Bad(text, "it needs '-' between name and version");
        var (name, version) = (stem[..dash], stem[(dash + 1)..]);
        if (!ProjectName.TryParse(name, out var project))
            throw Bad(text, $"{PythonText.Quote(name)} is not a project name");
        if (!PythonVersion.TryParse(version, out var parsed) || version.Any(char.IsWhiteSpace))
            throw Bad(text, $"{PythonText.Quote(version)} is not a version");
        return new(text, project, parsed);
    }

    /// <summary>Reads the name of an sdist; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SdistFileName? name) => Attempt.To(Parse, text, out name);

    private static PythonFormatException Bad(string text, string why) =>
        new($"{PythonText.Quote(text)} is not the name of an sdist: {why}; it is written {{name}}-{{version}}.tar.gz (PEP 625).");
}
