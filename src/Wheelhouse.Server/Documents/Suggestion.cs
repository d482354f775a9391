namespace Wheelhouse.Server.Documents;

/// <summary>Finds what a person may have meant.</summary>
public static class Suggestion
{
    /// <summary>The known word within two typing errors (one, for words of up to two letters), or null.</summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        var (best, distance) = ((string?)null, word.Length <= 2 ? 2 : 3);
        foreach (var candidate in known)
        {
            var errors = word.Length > 60 ? int.MaxValue : Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (errors < distance) (best, distance) = (candidate, errors);
        }

        return best;
    }

    /// <summary>"Did you mean …?" when there is a near word, and otherwise the list of all.</summary>
    public static string Fix(string word, IReadOnlyCollection<string> known) => For(word, known) is { } near
        ? $"Did you mean '{near}'?"
        : $"Use one of: {string.Join(", ", known)}.";

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
