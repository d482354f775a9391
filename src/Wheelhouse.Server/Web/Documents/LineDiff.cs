namespace Wheelhouse.Server.Web.Documents;

/// <summary>One line of a difference.</summary>
/// <param name="Change">Whether both texts have it.</param>
/// <param name="Old">Its number in the old text, from 1; null when it is new.</param>
/// <param name="New">Its number in the new text; null when it is gone.</param>
/// <param name="Text">The line without its end.</param>
public sealed record DiffLine(LineChange Change, int? Old, int? New, string Text);

/// <summary>What became of a line.</summary>
public enum LineChange
{
    Same,
    Removed,
    Added,
}

/// <summary>The difference of two texts, line by line, by their longest common subsequence.</summary>
public static class LineDiff
{
    /// <summary>
    /// Up to how many pairs of differing lines are compared: 4 million, 16 MB. Beyond, all of the old ones are shown as removed and all of
    /// the new ones as added; a document of that size was written anew.
    /// </summary>
    private const long MostPairs = 4_000_000;

    /// <summary>Compares two texts. Removed lines come before the added ones that take their place.</summary>
    public static IReadOnlyList<DiffLine> Compare(string old, string @new)
    {
        var (before, after) = (Split(old), Split(@new));
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start]) start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)]) end++;

        var lines = new List<DiffLine>(Math.Max(before.Length, after.Length));
        for (var i = 0; i < start; i++) lines.Add(Same(i, i));
        AddMiddle(lines, before, after, start, before.Length - end, after.Length - end);
        for (var i = end; i > 0; i--) lines.Add(Same(before.Length - i, after.Length - i));
        return lines;

        DiffLine Same(int i, int j) => new(LineChange.Same, i + 1, j + 1, before[i]);
    }

    private static void AddMiddle(List<DiffLine> lines, string[] before, string[] after, int start, int beforeEnd, int afterEnd)
    {
        var (rows, columns) = (beforeEnd - start, afterEnd - start);
        var common = (long)rows * columns > MostPairs ? null : Common(before, after, start, rows, columns);
        var (i, j) = (0, 0);
        while (i < rows || j < columns)
        {
            if (i < rows && j < columns && common is not null && before[start + i] == after[start + j])
            {
                lines.Add(new DiffLine(LineChange.Same, start + i + 1, start + j + 1, before[start + i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < rows && (j == columns || common is null || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new DiffLine(LineChange.Removed, start + i + 1, null, before[start + i]));
                i++;
            }
            else
            {
                lines.Add(new DiffLine(LineChange.Added, null, start + j + 1, after[start + j]));
                j++;
            }
        }
    }

    /// <summary>How long the longest common subsequence is from each pair of places on.</summary>
    private static int[,] Common(string[] before, string[] after, int start, int rows, int columns)
    {
        var common = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                common[i, j] = before[start + i] == after[start + j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    /// <summary>The end of the last line is no line of its own, and an empty text has none.</summary>
    private static string[] Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        if (lines.EndsWith('\n')) lines = lines[..^1];
        return lines.Length == 0 ? [] : lines.Split('\n');
    }
}
