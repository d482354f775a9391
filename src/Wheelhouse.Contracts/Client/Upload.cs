namespace Wheelhouse.Contracts.Client;

/// <summary>What the upload protocol wants to know about a file.</summary>
/// <param name="FileName">Its name, without a folder.</param>
/// <param name="FileType"><c>bdist_wheel</c> or <c>sdist</c>.</param>
/// <param name="PythonVersion">A wheel's Python tag, such as <c>py3</c>; <c>source</c> for an sdist.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
/// <param name="Metadata">The form's fields with the core metadata, such as <c>name</c>; one entry each for a field with many values.</param>
public sealed record Upload(
    string FileName, string FileType, string PythonVersion, string Sha256, IReadOnlyList<KeyValuePair<string, string>> Metadata)
{
    /// <summary>The build that made it, such as the address of its page; null when that is not known. At most 500 characters.</summary>
    public string? Build { get; init; }
}
