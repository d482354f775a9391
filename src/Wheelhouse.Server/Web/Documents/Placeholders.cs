using System.Text.RegularExpressions;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Web.Documents;

/// <summary>Places to fill in of a document's template, such as <c>&lt;name&gt;</c>: each is reported until it is.</summary>
public static partial class Placeholders
{
    /// <summary>Reports each that is still to fill in, but for comments.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="meanings">What belongs where, by the word in angle brackets; other words in angle brackets are the person's own.</param>
    public static IEnumerable<DocumentError> Find(string yaml, IReadOnlyDictionary<string, string> meanings)
    {
        foreach (var (index, line) in yaml.Split('\n').Index())
        {
            if (line.TrimStart().StartsWith('#')) continue;
            foreach (var match in Placeholder().Matches(line).Where(match => meanings.ContainsKey(match.Groups["word"].Value)).Take(1))
                yield return new DocumentError(index + 1, match.Index + 1, "", $"Fill in {match.Value}: {meanings[match.Groups["word"].Value]}.");
        }
    }

    /// <summary>How many characters one has that begins there; 0 when none does.</summary>
    public static int LengthAt(string yaml, int line, int column)
    {
        var lines = yaml.Split('\n');
        if (line < 1 || line > lines.Length || column < 1 || column > lines[line - 1].Length) return 0;
        var match = Placeholder().Match(lines[line - 1], column - 1);
        return match.Success && match.Index == column - 1 ? match.Length : 0;
    }

    [GeneratedRegex("<(?<word>[a-z_]+)>", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
