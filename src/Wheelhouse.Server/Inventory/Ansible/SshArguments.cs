using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>
/// The way to a host in arguments of ssh, split as a shell does. The first one counts, as in ssh_config(5); all other options are left to ssh's
/// configuration.
/// </summary>
/// <param name="Jump">The jump hosts; null when there are none.</param>
/// <param name="Command">The command that connects instead; null when there is none.</param>
internal sealed partial record SshArguments(string? Jump, string? Command)
{
    /// <summary>Reads arguments.</summary>
    public static SshArguments Parse(string text)
    {
        var words = Word().Matches(text).Select(word => Unquote(word.Value)).ToList();
        var way = new SshArguments(null, null);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length < 2 || words[i][..2] is not ("-J" or "-o")) continue;
            var isJump = words[i][1] == 'J';
            var value = words[i].Length > 2 ? words[i][2..] : i + 1 < words.Count ? words[++i] : "";
            way = isJump ? way with { Jump = way.Jump ?? value } : way.Add(value);
        }

        return way with { Jump = Some(way.Jump), Command = way.Jump is null ? Some(way.Command) : null };
    }

    private SshArguments Add(string option)
    {
        var parts = option.Trim().Split(Separators, 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2) return this;
        return parts[0].ToUpperInvariant() switch
        {
            "PROXYJUMP" => this with { Jump = Jump ?? (Command is null ? parts[1] : null) },
            "PROXYCOMMAND" => this with { Command = Command ?? parts[1] },
            _ => this,
        };
    }

    private static readonly char[] Separators = ['=', ' ', '\t'];

    private static string? Some(string? value) => value is null or "" || value.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : value;

    private static string Unquote(string word) =>
        Quoted().Replace(word, part => part.Groups["text"].Success ? part.Groups["text"].Value : part.Value[1..]);

    [GeneratedRegex("""(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("""\\.|"(?<text>[^"]*)"|'(?<text>[^']*)'""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
