namespace Wheelhouse.Server.Web.Documents;

/// <summary>A part of a difference: lines to show, or so many equal ones that they are left out.</summary>
/// <param name="Lines">The lines; empty when they are left out.</param>
/// <param name="LeftOut">How many lines are left out.</param>
public sealed record DiffHunk(IReadOnlyList<DiffLine> Lines, int LeftOut);

/// <summary>Leaves out what did not change far from what did.</summary>
public static class DiffHunks
{
    /// <summary>How many equal lines are shown around each change.</summary>
    public const int Around = 3;

    /// <summary>Cuts a difference into parts, in order.</summary>
    public static IReadOnlyList<DiffHunk> Of(IReadOnlyList<DiffLine> lines)
    {
        var shown = new bool[lines.Count];
        foreach (var (index, _) in lines.Index().Where(entry => entry.Item.Change != LineChange.Same))
        {
            for (var near = Math.Max(0, index - Around); near <= Math.Min(lines.Count - 1, index + Around); near++) shown[near] = true;
        }

        var hunks = new List<DiffHunk>();
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            while (to < lines.Count && shown[to] == shown[from]) to++;
            // One line takes no more room than the words that it is left out.
            hunks.Add(shown[from] || to - from == 1 ? new DiffHunk([.. lines.Skip(from).Take(to - from)], 0) : new DiffHunk([], to - from));
            from = to;
        }

        return hunks;
    }
}
