using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Requirements;

/// <summary>
/// A comparison. When the right side is a version after the operator and the left one is too, they compare as versions;
/// otherwise as text. Values of <c>extra</c> compare by their normal forms (PEP 685).
/// </summary>
/// <param name="Left">The left side.</param>
/// <param name="Operator">One of <c>~= == != &lt;= &gt;= &lt; &gt; ===</c>, <c>in</c> or <c>not in</c>.</param>
/// <param name="Right">The right side.</param>
public sealed record ComparisonMarker(MarkerOperand Left, string Operator, MarkerOperand Right) : Marker
{
    /// <inheritdoc/>
    public override bool Evaluate(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var (left, right) = (Left.ValueIn(environment), Right.ValueIn(environment));
        if (Left.IsExtra || Right.IsExtra)
            return CompareText(ProjectName.Normalize(left), ProjectName.Normalize(right));
        if (PythonVersion.TryParse(left, out var version) && TryAsSpecifier(right, out var specifiers))
            return specifiers!.Contains(version, prereleases: true);
        return CompareText(left, right);
    }

    private bool TryAsSpecifier(string right, out VersionSpecifierSet? specifiers)
    {
        specifiers = null;
        return Operator is not ("in" or "not in") && !right.Contains(',', StringComparison.Ordinal)
            && VersionSpecifierSet.TryParse(Operator + right, out specifiers);
    }

    private bool CompareText(string left, string right) => Operator switch
    {
        "in" => right.Contains(left, StringComparison.Ordinal),
        "not in" => !right.Contains(left, StringComparison.Ordinal),
        "==" => string.Equals(left, right, StringComparison.Ordinal),
        "===" => string.Equals(left, right, StringComparison.OrdinalIgnoreCase),
        "!=" => !string.Equals(left, right, StringComparison.Ordinal),
        "<" => string.CompareOrdinal(left, right) < 0,
        "<=" => string.CompareOrdinal(left, right) <= 0,
        ">" => string.CompareOrdinal(left, right) > 0,
        ">=" => string.CompareOrdinal(left, right) >= 0,
        _ => throw new PythonFormatException($"The marker '{this}' cannot be evaluated: ~= compares versions, not '{left}' with '{right}' (PEP 508)."),
    };

    /// <summary>The usual spelling.</summary>
    public override string ToString() => $"{Left} {Operator} {Right}";
}

/// <summary>A side of a comparison.</summary>
/// <param name="Text">The name of the variable, or the text of the literal.</param>
/// <param name="IsVariable">Whether it is a variable.</param>
public readonly record struct MarkerOperand(string Text, bool IsVariable)
{
    internal bool IsExtra => IsVariable && Text is "extra";

    internal string ValueIn(IReadOnlyDictionary<string, string> environment)
    {
        if (!IsVariable)
            return Text;
        if (environment.TryGetValue(Text, out var value))
            return value;
        return IsExtra ? "" : throw new KeyNotFoundException($"The environment has no value for the marker variable '{Text}'.");
    }

    /// <summary>The variable's name, or the literal in quotes.</summary>
    public override string ToString() => IsVariable ? Text : Text.Contains('"', StringComparison.Ordinal) ? $"'{Text}'" : $"\"{Text}\"";
}
