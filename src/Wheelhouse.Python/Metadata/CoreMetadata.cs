using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Requirements;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Metadata;

/// <summary>
/// The core metadata of a distribution: the text of <c>METADATA</c> in a wheel or <c>PKG-INFO</c> in an sdist
/// (PEP 241, 314, 345, 566, 621, 643, 685; Metadata-Version 1.0 to 2.x).
/// </summary>
public sealed class CoreMetadata
{
    private readonly ILookup<string, string> _fields;

    private CoreMetadata(ILookup<string, string> fields, string body)
    {
        _fields = fields;
        MetadataVersion = Required("Metadata-Version");
        if (!PythonVersion.TryParse(MetadataVersion, out var format) || format.Release[0] != 1 && format.Release[0] != 2)
            throw Bad("Metadata-Version", MetadataVersion, "it must be 1.x or 2.x");
        Name = Read("Name", Required("Name"), ProjectName.Parse);
        Version = Read("Version", Required("Version"), PythonVersion.Parse);
        RequiresPythonText = One("Requires-Python");
        RequiresPython = RequiresPythonText is { } text ? Read("Requires-Python", text, VersionSpecifierSet.Parse) : VersionSpecifierSet.Any;
        RequiresDist = [.. All("Requires-Dist").Select(value => Read("Requires-Dist", value, Requirement.Parse))];
        Description = body.Length > 0 ? body : Unindent(One("Description"));
    }

    /// <summary>The version of the format, such as <c>2.1</c>.</summary>
    public string MetadataVersion { get; }

    /// <summary>The project.</summary>
    public ProjectName Name { get; }

    /// <summary>The version.</summary>
    public PythonVersion Version { get; }

    /// <summary>The Python versions it runs on; <see cref="VersionSpecifierSet.Any"/> when it does not say.</summary>
    public VersionSpecifierSet RequiresPython { get; }

    /// <summary><see cref="RequiresPython"/> as written, or null.</summary>
    public string? RequiresPythonText { get; }

    /// <summary>What it depends on.</summary>
    public IReadOnlyList<Requirement> RequiresDist { get; }

    /// <summary>The names of its extras, as written.</summary>
    public IReadOnlyList<string> ProvidesExtra => All("Provides-Extra");

    /// <summary>One line about it, or null.</summary>
    public string? Summary => One("Summary");

    /// <summary>The long description, or null.</summary>
    public string? Description { get; }

    /// <summary>The media type of <see cref="Description"/>; null means reStructuredText or plain text.</summary>
    public string? DescriptionContentType => One("Description-Content-Type");

    /// <summary>The SPDX expression of its licence (PEP 639), or null.</summary>
    public string? LicenseExpression => One("License-Expression");

    /// <summary>The licence in free text, or null.</summary>
    public string? License => One("License");

    /// <summary>The author's name, or null.</summary>
    public string? Author => One("Author");

    /// <summary>The author's e-mail address, or null.</summary>
    public string? AuthorEmail => One("Author-email");

    /// <summary>Its trove classifiers.</summary>
    public IReadOnlyList<string> Classifiers => All("Classifier");

    /// <summary>Its links, each <c>label, URL</c>.</summary>
    public IReadOnlyList<string> ProjectUrls => All("Project-URL");

    /// <summary>The address of its home page, or null.</summary>
    public string? HomePage => One("Home-page");

    /// <summary>All fields as written, in no certain order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => _fields.SelectMany(values => values, (values, value) => KeyValuePair.Create(values.Key, value));

    /// <summary>The values of a field in their order; names of fields are the same in upper and lower case.</summary>
    public IReadOnlyList<string> All(string field) => [.. _fields[field].Where(IsKnown)];

    /// <summary>Reads the text of a METADATA or PKG-INFO file.</summary>
    /// <exception cref="PythonFormatException">It lacks a required field, or a field is invalid.</exception>
    public static CoreMetadata Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (fields, body) = MetadataFields.Read(text);
        return new(fields, body);
    }

    /// <summary>Reads the text of a METADATA or PKG-INFO file; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CoreMetadata? metadata) =>
        Attempt.To(Parse, text, out metadata);

    /// <summary>Older setuptools wrote <c>UNKNOWN</c> for what it was not told.</summary>
    private static bool IsKnown(string value) => value.Length > 0 && value is not "UNKNOWN";

    private string? One(string field) => All(field) switch
    {
        [] => null,
        [var value] => value,
        [_, var second, ..] => throw Bad(field, second, "the field may be there only once"),
    };

    private string Required(string field) =>
        One(field) ?? throw new PythonFormatException($"The metadata lacks the field {field}, which is required (core metadata).");

    private static T Read<T>(string field, string value, Func<string, T> parse)
    {
        try
        {
            return parse(value);
        }
        catch (PythonFormatException e)
        {
            throw new PythonFormatException($"The metadata field {field} is invalid: {e.Message}", e);
        }
    }

    private static PythonFormatException Bad(string field, string value, string why) =>
        new($"The metadata field {field} is invalid at {PythonText.Quote(value)}: {why} (core metadata).");

    /// <summary>A description among the fields is indented by eight blanks, or by seven and a bar.</summary>
    private static string? Unindent(string? description) => description is null ? null : string.Join('\n', description.Split('\n').Select((line, i) =>
        i == 0 ? line : line.StartsWith("       |", StringComparison.Ordinal) || line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));
}
