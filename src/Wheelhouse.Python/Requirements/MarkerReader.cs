namespace Wheelhouse.Python.Requirements;

/// <summary>Reads a marker by the grammar of PEP 508: <c>and</c> binds more tightly than <c>or</c>.</summary>
internal static class MarkerReader
{
    private const int MaxDepth = 100;

    // Longest first: "===" begins with "==".
    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">", "in"];

    /// <summary>Every variable, and the older spellings that the standard still allows.</summary>
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["python_version"] = "python_version",
        ["python_full_version"] = "python_full_version",
        ["os_name"] = "os_name",
        ["os.name"] = "os_name",
        ["sys_platform"] = "sys_platform",
        ["sys.platform"] = "sys_platform",
        ["platform_release"] = "platform_release",
        ["platform_system"] = "platform_system",
        ["platform_version"] = "platform_version",
        ["platform.version"] = "platform_version",
        ["platform_machine"] = "platform_machine",
        ["platform.machine"] = "platform_machine",
        ["platform_python_implementation"] = "platform_python_implementation",
        ["platform.python_implementation"] = "platform_python_implementation",
        ["python_implementation"] = "platform_python_implementation",
        ["implementation_name"] = "implementation_name",
        ["implementation_version"] = "implementation_version",
        ["extra"] = "extra",
    };

    public static Marker Read(ref RequirementScanner scanner, int depth = 0)
    {
        var marker = ReadAnd(ref scanner, depth);
        while (scanner.TryTake("or"))
            marker = new OrMarker(marker, ReadAnd(ref scanner, depth));
        return marker;
    }

    private static Marker ReadAnd(ref RequirementScanner scanner, int depth)
    {
        var marker = ReadAtom(ref scanner, depth);
        while (scanner.TryTake("and"))
            marker = new AndMarker(marker, ReadAtom(ref scanner, depth));
        return marker;
    }

    private static Marker ReadAtom(ref RequirementScanner scanner, int depth)
    {
        if (depth > MaxDepth)
            throw scanner.Bad($"at most {MaxDepth} parentheses inside one another");
        Marker marker;
        scanner.SkipBlanks();
        if (scanner.TryTake('('))
        {
            marker = Read(ref scanner, depth + 1);
            if (!scanner.TryTake(')'))
                throw scanner.Bad("')'");
        }
        else
        {
            marker = ReadComparison(ref scanner);
        }

        scanner.SkipBlanks();
        return marker;
    }

    private static ComparisonMarker ReadComparison(ref RequirementScanner scanner)
    {
        var left = ReadOperand(ref scanner);
        scanner.SkipBlanks();
        var @operator = ReadOperator(ref scanner);
        scanner.SkipBlanks();
        var right = ReadOperand(ref scanner);
        return left.IsVariable || right.IsVariable
            ? new(left, @operator, right)
            : throw scanner.Bad("an environment variable on one side of each comparison");
    }

    private static string ReadOperator(ref RequirementScanner scanner)
    {
        foreach (var @operator in Operators)
        {
            if (scanner.TryTake(@operator))
                return @operator;
        }

        if (scanner.TryTake("not"))
        {
            scanner.SkipBlanks();
            if (scanner.TryTake("in"))
                return "not in";
        }

        throw scanner.Bad("one of <= < != == >= > ~= === in 'not in'");
    }

    private static MarkerOperand ReadOperand(ref RequirementScanner scanner)
    {
        foreach (var quote in "'\"")
        {
            if (!scanner.TryTake(quote))
                continue;
            var literal = scanner.TakeUntil([quote]);
            return scanner.TryTake(quote) ? new(literal, IsVariable: false) : throw scanner.Bad($"a closing {quote}");
        }

        foreach (var (spelling, name) in Variables)
        {
            if (scanner.TryTake(spelling))
                return new(name, IsVariable: true);
        }

        throw scanner.Bad("a variable such as python_version, or text in quotes");
    }
}
