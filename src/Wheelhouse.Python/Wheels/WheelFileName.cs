using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Wheels;

/// <summary>The name of a wheel, such as <c>acme_billing-1.2-py3-none-any.whl</c> (PEP 427).</summary>
public sealed class WheelFileName : DistributionFileName
{
    /// <summary>What the names of wheels end in.</summary>
    public const string Extension = ".whl";

    private WheelFileName(string text, ProjectName project, PythonVersion version, WheelBuildTag? build, IReadOnlyList<WheelTag> tags)
        : base(text, project, version)
    {
        Build = build;
        Tags = tags;
    }

    /// <inheritdoc/>
    public override bool IsNormalized => Text.StartsWith($"{NormalStem(Project, Version)}-", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string Ending => Text[Text.IndexOf('-', Text.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary>The build tag, or null.</summary>
    public WheelBuildTag? Build { get; }

    /// <summary>Everything it runs on: a compressed set is expanded.</summary>
    public IReadOnlyList<WheelTag> Tags { get; }

    /// <summary>Reads the name of a wheel.</summary>
    /// <exception cref="PythonFormatException">It is not one.</exception>
    public static new WheelFileName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckLength(text);
        if (!text.EndsWith(Extension, StringComparison.Ordinal))
            throw Bad(text, "it must end in .whl");
        var parts = text[..^Extension.Length].Split('-');
        if (parts.Length is not (5 or 6))
            throw Bad(text, $"it has {parts.Length} parts between '-' instead of 5, or 6 with a build tag");
        if (!ProjectName.TryParse(parts[0], out var project) || parts[0].Contains("__", StringComparison.Ordinal))
            throw Bad(text, $"{PythonText.Quote(parts[0])} is not an escaped project name");
        if (!PythonVersion.TryParse(parts[1], out var version) || parts[1].Any(char.IsWhiteSpace))
            throw Bad(text, $"{PythonText.Quote(parts[1])} is not a version");
        WheelBuildTag? build = null;
        if (parts.Length == 6 && (build = WheelBuildTag.Read(parts[2])) is null)
            throw Bad(text, $"the build tag {PythonText.Quote(parts[2])} must begin with a digit and go on with letters, digits, '_' and '.'");
        return new(text, project, version, build, WheelTag.ParseSet(string.Join('-', parts[^3..])));
    }

    /// <summary>Reads the name of a wheel; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WheelFileName? name) => Attempt.To(Parse, text, out name);

    private static PythonFormatException Bad(string text, string why) =>
        new($"{PythonText.Quote(text)} is not the name of a wheel: {why}; it is written {{name}}-{{version}}[-{{build}}]-{{python}}-{{abi}}-{{platform}}.whl (PEP 427).");
}
