using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>
/// Reads the settings of a <c>knife.rb</c> or <c>client.rb</c> that are plain values: text, symbols, variables that hold one, and paths put together
/// with <c>File.join</c> and the like (see <see cref="RubyExpression"/>). No Ruby is run. Lines that are of no interest are passed over, whatever they are.
/// </summary>
internal sealed partial class RubySettings
{
    private readonly string _path;
    private readonly string _text;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private int _line;
    private int _depth;

    private RubySettings(string path, string text) => (_path, _text) = (path, text.ReplaceLineEndings("\n"));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InventoryException">A setting cannot be understood; the message names the line.</exception>
    public static ChefSettings Read(string path, string text)
    {
        var settings = new RubySettings(path, text);
        settings.ReadLines();
        return ChefSettings.From(path, settings._values);
    }

    private void ReadLines()
    {
        var (start, isComment) = (0, false);
        foreach (var line in _text.Split('\n'))
        {
            _line++;
            if (line.StartsWith("__END__", StringComparison.Ordinal)) return;
            if (line.StartsWith("=begin", StringComparison.Ordinal)) isComment = true;
            if (!isComment) ReadLine(line, start);
            if (line.StartsWith("=end", StringComparison.Ordinal)) isComment = false;
            start += line.Length + 1;
        }
    }

    private void ReadLine(string line, int start)
    {
        if (End().IsMatch(line)) _depth = Math.Max(0, _depth - 1);
        else if (Begin().IsMatch(line)) _depth++;
        if (Statement().Match(line) is not { Success: true } match) return;
        var name = match.Groups["name"].Value;
        var isVariable = match.Groups["equals"].Success;
        var isSetting = ChefSettings.Names.Contains(name);
        if (!isSetting && !isVariable) return;
        if (isSetting && isVariable) throw Fail(name, "with '=' Ruby makes it a variable, which sets nothing", $"Write {name} \"…\".");
        if (isSetting && _depth > 0)
            throw Fail(name, "it stands in a condition or a block, which only Ruby can decide", "Write it outside, or give the value in the service document.");

        // In brackets, a value goes on over the next lines.
        if (RubyExpression.TryRead(_text.AsSpan(start + match.Groups["value"].Index), _path, _variables, out var value, out var problem))
        {
            (isSetting ? _values : _variables)[name] = value;
            return;
        }

        _variables.Remove(name);
        if (isSetting) throw Fail(name, problem, "Write it as plain text in quotes, or give the value in the service document.");
    }

    private InventoryException Fail(string name, string problem, string fix) => new($"{_path}, line {_line}: {name} cannot be understood: {problem}.", fix);

    [GeneratedRegex(@"^\s*(?<name>[a-z_][A-Za-z0-9_]*)(\s*(?<equals>=)(?![=~>])\s*|\s*(?=\()|\s+)(?<value>\S)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^\s*(if|unless|case|while|until|begin|for|def|class|module)\b(?!.*\bend\s*$)|\bdo\s*(\|[^|]*\|)?\s*(#.*)?$|(=\s*(if|case|begin)\b)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^\s*end\b", RegexOptions.None, 1000)]
    private static partial Regex End();
}
