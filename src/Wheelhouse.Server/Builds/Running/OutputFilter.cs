using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>Lets through what a sandbox prints: no more than its limits, and nothing that moves a terminal's cursor.</summary>
internal sealed partial class OutputFilter(IBuildListener listener, BuildLimits limits)
{
    private long _left = limits.Output;

    /// <summary>Takes lines.</summary>
    public async Task AddAsync(IEnumerable<string?> lines)
    {
        var taken = new List<string>();
        foreach (var line in lines)
        {
            if (_left < 0) break;
            var clean = Clean(line ?? "", BuildLimits.LineLength);
            _left -= clean.Length + 1;
            taken.Add(_left >= 0 ? clean : "(The output is longer than its limit: what follows is left out.)");
        }

        if (taken.Count > 0) await listener.LogAsync(taken);
    }

    /// <summary>A line of at most so many characters, without what a terminal would obey or show in another order (UAX 9).</summary>
    public static string Clean(string line, int longest)
    {
        var cut = line.Length > longest ? line[..longest] : line;
        return string.Concat(TerminalCodes().Replace(cut, "").Select(c => (char.IsControl(c) && c != '\t') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '\ufffd' : c));
    }

    [GeneratedRegex("\x1b\\[[0-9;?]*[A-Za-z]", RegexOptions.None, 1000)]
    private static partial Regex TerminalCodes();
}
