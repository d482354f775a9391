using System.Text;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads comma-separated values (RFC 4180), in which a quoted field may hold commas, quotes and line ends.</summary>
internal static class CsvLines
{
    /// <summary>The fields of each line; an empty line has one empty field.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        var (fields, field, isQuoted) = (new List<string>(3), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (isQuoted && c == '"' && at + 1 < text.Length && text[at + 1] == '"')
                field.Append(text[at++]);
            else if (c == '"' && (isQuoted || field.Length == 0))
                isQuoted = !isQuoted;
            else if (!isQuoted && c is ',' or '\n')
            {
                fields.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    yield return fields;
                    fields = new(3);
                }
            }
            else
                field.Append(c);
        }

        if (field.Length > 0 || fields.Count > 0)
            yield return [.. fields, field.ToString().TrimEnd('\r')];
    }
}
