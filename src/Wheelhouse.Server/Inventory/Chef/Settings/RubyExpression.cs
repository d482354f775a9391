using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>
/// The few Ruby expressions with which <c>knife configure</c>, the Chef starter kit and people write paths and names: text with <c>#{…}</c>, symbols,
/// variables, <c>+</c>, <c>__FILE__</c>, <c>__dir__</c>, and <c>join</c>, <c>dirname</c>, <c>expand_path</c> of <c>File</c>.
/// </summary>
internal ref struct RubyExpression
{
    private const int MostNested = 32;

    private readonly ReadOnlySpan<char> _text;
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private int _at;
    private int _nested;
    private int _brackets;

    private RubyExpression(ReadOnlySpan<char> text, string file, IReadOnlyDictionary<string, string> variables, int nested)
    {
        _text = text;
        (_file, _variables, _nested) = (file, variables, nested);
    }

    /// <summary>Reads the value at the start of a text; a symbol is its name.</summary>
    /// <param name="text">The rest of the file.</param>
    /// <param name="file">The file's path: <c>__FILE__</c>.</param>
    /// <param name="variables">The values of the variables that are known.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">Why it cannot be understood; never its text, which may be a secret.</param>
    public static bool TryRead(
        ReadOnlySpan<char> text, string file, IReadOnlyDictionary<string, string> variables, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (null, null);
        try
        {
            var expression = new RubyExpression(text, file, variables, 0);
            var read = expression.ReadSum();
            expression.SkipSpace();
            if (expression.Peek() is not ('\0' or '\n' or '#' or ';')) throw new FormatException("more than a plain value stands there");
            value = read;
            return true;
        }
        catch (FormatException e)
        {
            problem = e.Message;
            return false;
        }
    }

    private string ReadSum()
    {
        if (++_nested > MostNested) throw new FormatException("it is nested too deep");
        var value = ReadTerm();
        for (SkipSpace(); TryTake('+'); SkipSpace()) value += ReadTerm();
        _nested--;
        return value;
    }

    private string ReadTerm()
    {
        SkipSpace();
        switch (Peek())
        {
            case '"': return ReadDoubleQuoted();
            case '\'': return ReadSingleQuoted();
            case ':' when Peek(1) is not ':': _at++; return ReadWord();
            case '(':
                var inner = ReadArguments();
                return inner.Count == 1 ? inner[0] : throw new FormatException("a list stands where one value is expected");
        }

        if (Peek() is ':') _at += 2;
        return ReadWord() switch
        {
            "__FILE__" => _file,
            "__dir__" => Path.GetDirectoryName(_file)!,
            "File" => ReadFileCall(),
            "ENV" => throw new FormatException("it depends on the environment of whoever runs Ruby"),
            var name when _variables.TryGetValue(name, out var value) && Peek() is not ('.' or '[' or '(') => value,
            var name => throw new FormatException($"'{name}' is no plain value"),
        };
    }

    private string ReadFileCall()
    {
        if (!TryTake('.')) throw new FormatException("'File' is no plain value");
        var name = ReadWord();
        SkipSpace();
        var arguments = Peek() is '(' ? ReadArguments() : [ReadSum()];
        return (name, arguments) switch
        {
            ("join", { Count: > 0 }) => Join(arguments),
            ("dirname", [var path]) => Path.GetDirectoryName(path) is { Length: > 0 } directory ? directory : "/",
            ("expand_path", [var path]) => Expand(path, Path.GetDirectoryName(_file)!),
            ("expand_path", [var path, var start]) => Expand(path, start),
            _ => throw new FormatException($"'File.{name}' with {arguments.Count} values is not known"),
        };
    }

    private static string Join(List<string> parts) =>
        parts.Aggregate((left, right) => left.TrimEnd('/') + '/' + right.TrimStart('/'));

    private static string Expand(string path, string start) => path.StartsWith('~')
        ? throw new FormatException("'~' is the home directory of whoever runs Ruby")
        : Path.GetFullPath(Path.Combine(start, path), "/");

    private List<string> ReadArguments()
    {
        _at++;
        _brackets++;
        var values = new List<string>();
        do
        {
            values.Add(ReadSum());
            SkipSpace();
        }
        while (TryTake(','));
        if (!TryTake(')')) throw new FormatException("')' is missing");
        _brackets--;
        return values;
    }

    private string ReadSingleQuoted()
    {
        var value = new StringBuilder();
        for (_at++; !TryTake('\''); _at++)
        {
            if (Peek() is '\\' && Peek(1) is '\\' or '\'') _at++;
            value.Append(Need());
        }

        return value.ToString();
    }

    private string ReadDoubleQuoted()
    {
        var value = new StringBuilder();
        _at++;
        while (!TryTake('"'))
        {
            if (Peek() is '#' && Peek(1) is '{')
            {
                _at += 2;
                value.Append(ReadInterpolation());
                continue;
            }

            var isEscaped = TryTake('\\');
            var character = Need();
            value.Append(isEscaped ? Unescape(character) : character);
            _at++;
        }

        return value.ToString();
    }

    private string ReadInterpolation()
    {
        var inner = new RubyExpression(_text[_at..], _file, _variables, _nested);
        var value = inner.ReadSum();
        inner.SkipSpace();
        if (!inner.TryTake('}')) throw new FormatException("'#{…}' holds more than a plain value");
        _at += inner._at;
        return value;
    }

    private static char Unescape(char character) => character switch
    {
        'n' => '\n',
        't' => '\t',
        '"' or '\\' or '#' or '\'' or '/' => character,
        _ => throw new FormatException("a backslash stands before something that it does not escape"),
    };

    private string ReadWord()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_') _at++;
        return _at > start ? _text[start.._at].ToString() : throw new FormatException("it is no plain value");
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' || (_brackets > 0 && Peek() is '\n')) _at++;
    }

    private bool TryTake(char character)
    {
        if (_at >= _text.Length || _text[_at] != character) return false;
        _at++;
        return true;
    }

    private readonly char Need() => _at < _text.Length && _text[_at] is not ('\n' or '\0') ? _text[_at] : throw new FormatException("the quote at the end is missing");

    private readonly char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';
}
