using System.Globalization;
using System.Numerics;

namespace Wheelhouse.Python.Versions;

/// <summary>Reads every spelling of a version that PEP 440 allows, from left to right without going back.</summary>
internal ref struct VersionReader
{
    private static readonly (string Word, PreReleaseKind Kind)[] PreWords =
    [
        ("alpha", PreReleaseKind.Alpha), ("a", PreReleaseKind.Alpha), ("beta", PreReleaseKind.Beta), ("b", PreReleaseKind.Beta),
        ("preview", PreReleaseKind.Candidate), ("pre", PreReleaseKind.Candidate),
        ("rc", PreReleaseKind.Candidate), ("c", PreReleaseKind.Candidate),
    ];

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private VersionReader(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The version, or null and what is wrong.</summary>
    public static PythonVersion? Read(string source, out string problem)
    {
        var text = source.AsSpan().Trim(PythonText.Whitespace);
        if (text.Length > PythonVersion.MaxLength)
        {
            problem = $"{PythonText.Quote(text)} is not a version: it has more than {PythonVersion.MaxLength} characters.";
            return null;
        }

        var reader = new VersionReader(text);
        var version = reader.ReadAll();
        problem = version is not null ? "" : reader.Problem();
        return version;
    }

    private readonly string Problem()
    {
        var place = _text.IsEmpty ? "it is empty" : _at < _text.Length ? $"{PythonText.Quote(_text[_at..])} is not expected" : "it ends too early";
        return $"{PythonText.Quote(_text)} is not a version: {place}. A version is written like 1.2, 1.2rc1, 1.2.post1, 1.2.dev1 or 1.2+corp.1 (PEP 440).";
    }

    private PythonVersion? ReadAll()
    {
        TakeWord("v");
        if (!TakeNumber(out var first))
            return null;
        var epoch = BigInteger.Zero;
        if (Take('!'))
        {
            epoch = first;
            if (!TakeNumber(out first))
                return null;
        }

        var release = ReadRelease(first);
        var pre = ReadPre();
        var post = ReadPost();
        var dev = ReadPart("dev");
        string? local = null;
        if (Take('+') && (local = ReadLocal()) is null)
            return null;
        return _at == _text.Length ? new(epoch, release, pre, post, dev, local) : null;
    }

    private BigInteger[] ReadRelease(BigInteger first)
    {
        var numbers = new List<BigInteger>(4) { first };
        while (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            TakeNumber(out var number);
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private PreRelease? ReadPre()
    {
        foreach (var (word, kind) in PreWords)
        {
            if (ReadPart(word) is { } number)
                return new(kind, number);
        }

        return null;
    }

    private BigInteger? ReadPost()
    {
        if (_at + 1 < _text.Length && _text[_at] == '-' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            TakeNumber(out var number);
            return number;
        }

        return ReadPart("post") ?? ReadPart("rev") ?? ReadPart("r");
    }

    /// <summary>A separator or none, the word, a separator or none, a number or none (which means 0); null when the word is not there.</summary>
    private BigInteger? ReadPart(string word)
    {
        var start = _at;
        TakeSeparator();
        if (!TakeWord(word))
        {
            _at = start;
            return null;
        }

        TakeSeparator();
        return TakeNumber(out var number) ? number : BigInteger.Zero;
    }

    private string? ReadLocal()
    {
        var parts = new List<string>(2);
        do
        {
            var start = _at;
            while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
                _at++;
            if (_at == start)
                return null;
            var part = _text[start.._at].ToString().ToLowerInvariant();
            parts.Add(part.All(char.IsAsciiDigit) ? WithoutLeadingZeros(part) : part);
        }
        while (TakeSeparator());
        return string.Join('.', parts);
    }

    private static string WithoutLeadingZeros(string digits) => digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";

    private bool TakeNumber(out BigInteger number)
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        number = _at == start ? BigInteger.Zero : BigInteger.Parse(_text[start.._at], NumberStyles.None, CultureInfo.InvariantCulture);
        return _at > start;
    }

    private bool TakeWord(string word)
    {
        if (!_text[_at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at += word.Length;
        return true;
    }

    private bool TakeSeparator()
    {
        if (_at == _text.Length || !PythonText.IsSeparator(_text[_at]))
            return false;
        _at++;
        return true;
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }
}
