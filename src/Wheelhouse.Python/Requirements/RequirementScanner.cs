namespace Wheelhouse.Python.Requirements;

/// <summary>Walks over the text of a requirement or marker and names the place of an error.</summary>
internal ref struct RequirementScanner(string text)
{
    private readonly ReadOnlySpan<char> _text = text;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _text.Length;

    public void SkipBlanks()
    {
        while (!AtEnd && _text[Position] is ' ' or '\t')
            Position++;
    }

    public bool TryTake(char c)
    {
        if (AtEnd || _text[Position] != c)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes a word or operator; a word must not go on with a letter, digit or underscore.</summary>
    public bool TryTake(string token)
    {
        if (!_text[Position..].StartsWith(token, StringComparison.Ordinal))
            return false;
        var end = Position + token.Length;
        if (IsWordCharacter(token[^1]) && end < _text.Length && IsWordCharacter(_text[end]))
            return false;
        Position = end;
        return true;
    }

    /// <summary>Takes characters up to one of <paramref name="ends"/> or the end.</summary>
    public string TakeUntil(scoped ReadOnlySpan<char> ends)
    {
        var rest = _text[Position..];
        var length = rest.IndexOfAny(ends);
        var taken = length < 0 ? rest : rest[..length];
        Position += taken.Length;
        return taken.ToString();
    }

    /// <summary>Takes the name of a project or extra; the empty text when there is none.</summary>
    public string TakeName()
    {
        var start = Position;
        while (!AtEnd && PythonText.IsNameCharacter(_text[Position]))
            Position++;
        return _text[start..Position].ToString();
    }

    public readonly PythonFormatException Bad(string expected)
    {
        var place = AtEnd ? "at its end" : $"at {PythonText.Quote(_text[Position..])}";
        return new($"{PythonText.Quote(_text)} is not valid {place}: expected {expected} (PEP 508).");
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
