using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Python.Requirements;

/// <summary>Reads a requirement by the grammar of PEP 508.</summary>
internal static class RequirementReader
{
    public static Requirement Read(string text)
    {
        var scanner = new RequirementScanner(text);
        scanner.SkipBlanks();
        var name = ProjectName.TryParse(scanner.TakeName(), out var parsed) ? parsed : throw scanner.Bad("a project name at the start, with a letter or digit at both ends");
        scanner.SkipBlanks();
        var extras = ReadExtras(ref scanner);
        scanner.SkipBlanks();
        var url = ReadUrl(ref scanner);
        var specifiers = url is null ? ReadSpecifiers(ref scanner) : VersionSpecifierSet.Any;
        var marker = scanner.TryTake(';') ? MarkerReader.Read(ref scanner) : null;
        if (!scanner.AtEnd)
            throw scanner.Bad(marker is null ? "';' and a marker, or the end" : "'and', 'or' or the end");
        return new(name, extras, specifiers, url, marker);
    }

    private static List<string> ReadExtras(ref RequirementScanner scanner)
    {
        var extras = new SortedSet<string>(StringComparer.Ordinal);
        if (!scanner.TryTake('['))
            return [];
        scanner.SkipBlanks();
        if (scanner.TryTake(']'))
            return [];
        do
        {
            scanner.SkipBlanks();
            var extra = scanner.TakeName();
            if (!ProjectName.IsValid(extra))
                throw scanner.Bad("the name of an extra, with a letter or digit at both ends");
            extras.Add(ProjectName.Normalize(extra));
            scanner.SkipBlanks();
        }
        while (scanner.TryTake(','));
        return scanner.TryTake(']') ? [.. extras] : throw scanner.Bad("',' or ']' after the name of an extra");
    }

    private static string? ReadUrl(ref RequirementScanner scanner)
    {
        if (!scanner.TryTake('@'))
            return null;
        scanner.SkipBlanks();
        var text = scanner.TakeUntil(" \t");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Host.Length == 0 && !url.IsFile))
            throw scanner.Bad($"a URL with scheme and host after '@', but found {PythonText.Quote(text)}");
        scanner.SkipBlanks();
        return text;
    }

    private static VersionSpecifierSet ReadSpecifiers(ref RequirementScanner scanner)
    {
        var inParentheses = scanner.TryTake('(');
        var text = scanner.TakeUntil(inParentheses ? ");" : ";");
        if (text.Contains(')', StringComparison.Ordinal))
            throw scanner.Bad("no ')' without '('");
        if (inParentheses && !scanner.TryTake(')'))
            throw scanner.Bad("')' after the version specifiers");
        scanner.SkipBlanks();
        if (text.Split(',')[..^1].Any(string.IsNullOrWhiteSpace))
            throw new PythonFormatException($"{PythonText.Quote(text)} is not valid: expected a version specifier before ',' (PEP 508).");
        return VersionSpecifierSet.Parse(text);
    }
}
