using System.Diagnostics.CodeAnalysis;
using System.Text;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Requirements;

/// <summary>A requirement on a project, such as <c>acme-billing[gunicorn]&gt;=1.2; python_version &lt; "3.12"</c> (PEP 508).</summary>
public sealed class Requirement
{
    internal Requirement(ProjectName name, IReadOnlyList<string> extras, VersionSpecifierSet specifiers, string? url, Marker? marker)
    {
        Name = name;
        Extras = extras;
        Specifiers = specifiers;
        Url = url;
        Marker = marker;
    }

    /// <summary>The project.</summary>
    public ProjectName Name { get; }

    /// <summary>The extras asked for: normal forms (PEP 685), sorted, each once.</summary>
    public IReadOnlyList<string> Extras { get; }

    /// <summary>The versions that will do; <see cref="VersionSpecifierSet.Any"/> when a URL is given.</summary>
    public VersionSpecifierSet Specifiers { get; }

    /// <summary>The place to take the project from, of the form <c>name @ url</c>; null for the usual one.</summary>
    public string? Url { get; }

    /// <summary>When it applies; null means always.</summary>
    public Marker? Marker { get; }

    /// <summary>Whether it applies in an environment; see <see cref="Requirements.Marker.Evaluate"/>.</summary>
    public bool Applies(IReadOnlyDictionary<string, string> environment) => Marker?.Evaluate(environment) ?? true;

    /// <summary>The usual spelling.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name.Text);
        if (Extras.Count > 0)
            text.Append('[').AppendJoin(',', Extras).Append(']');
        text.Append(Url is null ? Specifiers.ToString() : $" @ {Url}");
        if (Marker is not null)
            text.Append(Url is null ? "; " : " ; ").Append(Marker);
        return text.ToString();
    }

    /// <summary>Reads a requirement.</summary>
    /// <exception cref="PythonFormatException">It is invalid.</exception>
    public static Requirement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RequirementReader.Read(text);
    }

    /// <summary>Reads a requirement; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Requirement? requirement) =>
        Attempt.To(Parse, text, out requirement);
}
