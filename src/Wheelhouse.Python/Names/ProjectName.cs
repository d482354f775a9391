using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Python.Names;

/// <summary>
/// The name of a project (PEP 508: ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, a letter or digit at both ends).
/// Names are equal when their normal forms (PEP 503) are.
/// </summary>
public sealed class ProjectName : IEquatable<ProjectName>
{
    private ProjectName(string text)
    {
        Text = text;
        Normalized = Normalize(text);
    }

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <summary>The normal form, such as <c>acme-billing</c> of <c>Acme_Billing</c>.</summary>
    public string Normalized { get; }

    /// <summary>The name as written.</summary>
    public override string ToString() => Text;

    /// <summary>Lower case, with every run of <c>-</c>, <c>_</c> and <c>.</c> replaced by one <c>-</c> (PEP 503). Does not validate.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normal = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!PythonText.IsSeparator(text[i]))
                normal[length++] = char.ToLowerInvariant(text[i]);
            else if (i == 0 || !PythonText.IsSeparator(text[i - 1]))
                normal[length++] = '-';
        }

        return new(normal, 0, length);
    }

    /// <summary>Whether a text is a valid name (PEP 508).</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(PythonText.IsNameCharacter);

    /// <summary>Reads a name.</summary>
    /// <exception cref="PythonFormatException">It is not valid.</exception>
    public static ProjectName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsValid(text) ? new(text) : throw new PythonFormatException(
            $"{PythonText.Quote(text)} is not a project name: it takes ASCII letters, digits, '.', '_' and '-', with a letter or digit at both ends (PEP 508).");
    }

    /// <summary>Reads a name; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ProjectName? name)
    {
        name = IsValid(text) ? new(text) : null;
        return name is not null;
    }

    /// <inheritdoc/>
    public bool Equals(ProjectName? other) => other is not null && string.Equals(Normalized, other.Normalized, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProjectName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Normalized);
}
