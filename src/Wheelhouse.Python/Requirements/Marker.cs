using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Python.Requirements;

/// <summary>A condition on the environment, such as <c>python_version &lt; "3.12" and sys_platform == "linux"</c> (PEP 508).</summary>
public abstract record Marker
{
    /// <summary>Whether it holds in an environment.</summary>
    /// <param name="environment">A value for each variable that it names, such as <c>python_version</c>; <c>extra</c> defaults to none.</param>
    /// <exception cref="KeyNotFoundException">The environment lacks a variable that it names.</exception>
    /// <exception cref="PythonFormatException">It compares by <c>~=</c> what are not versions.</exception>
    public abstract bool Evaluate(IReadOnlyDictionary<string, string> environment);

    /// <summary>Reads a marker, without the <c>;</c> before it.</summary>
    /// <exception cref="PythonFormatException">It is invalid.</exception>
    public static Marker Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scanner = new RequirementScanner(text);
        var marker = MarkerReader.Read(ref scanner);
        return scanner.AtEnd ? marker : throw scanner.Bad("'and', 'or' or the end");
    }

    /// <summary>Reads a marker; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Marker? marker) => Attempt.To(Parse, text, out marker);
}

/// <summary>Both must hold.</summary>
public sealed record AndMarker(Marker Left, Marker Right) : Marker
{
    /// <inheritdoc/>
    public override bool Evaluate(IReadOnlyDictionary<string, string> environment) => Left.Evaluate(environment) && Right.Evaluate(environment);

    /// <summary>The usual spelling.</summary>
    public override string ToString() => $"{InParentheses(Left)} and {InParentheses(Right)}";

    private static string InParentheses(Marker marker) => marker is OrMarker ? $"({marker})" : marker.ToString();
}

/// <summary>One of them must hold.</summary>
public sealed record OrMarker(Marker Left, Marker Right) : Marker
{
    /// <inheritdoc/>
    public override bool Evaluate(IReadOnlyDictionary<string, string> environment) => Left.Evaluate(environment) || Right.Evaluate(environment);

    /// <summary>The usual spelling.</summary>
    public override string ToString() => $"{Left} or {Right}";
}
