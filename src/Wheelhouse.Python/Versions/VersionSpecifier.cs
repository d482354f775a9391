namespace Wheelhouse.Python.Versions;

/// <summary>One clause of a set of specifiers, such as <c>&gt;=1.2</c> (PEP 440, "Version specifiers").</summary>
public sealed record VersionSpecifier
{
    // Longest first, because "===" begins with "==".
    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

    private VersionSpecifier(string @operator, string text, PythonVersion? version, bool isPrefix)
    {
        Operator = @operator;
        Text = text;
        Version = version;
        IsPrefix = isPrefix;
    }

    /// <summary>One of <c>~= == != &lt;= &gt;= &lt; &gt; ===</c>.</summary>
    public string Operator { get; }

    /// <summary>The version as written, with <c>.*</c> if it has that.</summary>
    public string Text { get; }

    /// <summary>The version without <c>.*</c>; null after <c>===</c> when the text is not a version.</summary>
    public PythonVersion? Version { get; }

    /// <summary>Whether the text ends in <c>.*</c>, which compares only the numbers before it.</summary>
    public bool IsPrefix { get; }

    /// <summary>Whether this clause asks for pre-releases by naming one.</summary>
    public bool NamesPrerelease => Operator is "==" or ">=" or "<=" or "~=" or "===" && Version is { IsPrerelease: true };

    /// <summary>Whether a version meets this clause; the rule that leaves pre-releases out is the set's.</summary>
    public bool Matches(PythonVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (Operator is "===")
            return string.Equals(version.ToString(), Text, StringComparison.OrdinalIgnoreCase);
        var wanted = Version!;
        return Operator switch
        {
            "==" => Equal(version, wanted),
            "!=" => !Equal(version, wanted),
            "<=" => version.WithoutLocal() <= wanted,
            ">=" => version.WithoutLocal() >= wanted,
            "<" => version < wanted && (wanted.IsPrerelease || !version.IsPrerelease || !version.HasSameBase(wanted)),
            ">" => version > wanted && (wanted.IsPostrelease || !version.IsPostrelease || !version.HasSameBase(wanted))
                && (version.Local is null || !version.HasSameBase(wanted)),
            _ => version.WithoutLocal() >= wanted && version.StartsWith(wanted, wanted.Release.Count - 1),
        };
    }

    private bool Equal(PythonVersion version, PythonVersion wanted) => IsPrefix
        ? version.StartsWith(wanted, wanted.Release.Count)
        : (wanted.Local is null ? version.WithoutLocal() : version) == wanted;

    /// <summary>The clause without white space.</summary>
    public override string ToString() => Operator + Text;

    /// <summary>Reads one clause.</summary>
    /// <exception cref="PythonFormatException">It is not one.</exception>
    public static VersionSpecifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clause = text.AsSpan().Trim(PythonText.Whitespace).ToString();
        var found = Array.Find(Operators, o => clause.StartsWith(o, StringComparison.Ordinal))
            ?? throw Bad(clause, "it must begin with one of ~= == != <= >= < > ===");
        var rest = clause[found.Length..].AsSpan().Trim(PythonText.Whitespace).ToString();
        if (found is "===")
            return ParseArbitrary(clause, rest);
        if (rest.Any(char.IsWhiteSpace))
            throw Bad(clause, $"there may be no white space inside {PythonText.Quote(rest)}");
        var isPrefix = rest.EndsWith(".*", StringComparison.Ordinal);
        if (isPrefix && found is not ("==" or "!="))
            throw Bad(clause, "only == and != take .*");
        if (!PythonVersion.TryParse(isPrefix ? rest[..^2] : rest, out var version))
            throw Bad(clause, $"{PythonText.Quote(rest)} is not a version");
        if (isPrefix && (version.Pre is not null || version.Post is not null || version.Dev is not null || version.Local is not null))
            throw Bad(clause, ".* may only follow the numbers of a release");
        if (version.Local is not null && found is not ("==" or "!="))
            throw Bad(clause, $"a local version (+{version.Local}) may only follow == or !=");
        if (found is "~=" && version.Release.Count < 2)
            throw Bad(clause, "~= needs at least two numbers, such as ~=1.2");
        return new(found, rest, version, isPrefix);
    }

    private static VersionSpecifier ParseArbitrary(string clause, string rest)
    {
        if (rest.Length == 0)
            throw Bad(clause, "a version is missing after ===");
        if (rest.Any(c => char.IsWhiteSpace(c) || c is ';' or ')'))
            throw Bad(clause, "the text after === may not contain white space, ; or )");
        return new("===", rest, PythonVersion.TryParse(rest, out var version) ? version : null, isPrefix: false);
    }

    private static PythonFormatException Bad(string clause, string why) =>
        new($"{PythonText.Quote(clause)} is not a version specifier: {why} (PEP 440).");
}
