using System.Text;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>Reads what <c>git ls-remote --symref</c> prints.</summary>
internal static class LsRemote
{
    private const string Symbolic = "ref: ";

    private const string Peeled = "^{}";

    /// <summary>The full name of the branch that HEAD names; null when it names none.</summary>
    public static string? DefaultBranch(ReadOnlyMemory<byte> output) =>
        Rows(output).Where(row => row.Name == "HEAD" && row.Value.StartsWith(Symbolic + "refs/heads/", StringComparison.Ordinal)).Select(row => row.Value[Symbolic.Length..]).FirstOrDefault();

    /// <summary>All references; an annotated tag, which is told twice, with the commit that it tags.</summary>
    public static IReadOnlyList<SourceRef> Refs(ReadOnlyMemory<byte> output)
    {
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, name) in Rows(output).Where(row => row.Value.Length is 40 or 64 && row.Value.All(char.IsAsciiHexDigitLower)))
            refs[name.EndsWith(Peeled, StringComparison.Ordinal) ? name[..^Peeled.Length] : name] = value;
        return [.. refs.Select(pair => new SourceRef(pair.Key, pair.Value))];
    }

    private static IEnumerable<(string Value, string Name)> Rows(ReadOnlyMemory<byte> output) =>
        Encoding.UTF8.GetString(output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]));
}
