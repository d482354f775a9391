using System.Text.RegularExpressions;
using Wheelhouse.Python.Requirements;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>What the values of a service document must be; each rule says what is wrong, or null.</summary>
internal static partial class Rules
{
    private const int LongestReason = 500;

    /// <summary>Directories that belong to the system as a whole: a service gets one of its own inside.</summary>
    private static readonly HashSet<string> SystemDirectories = new(StringComparer.Ordinal)
    {
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv",
        "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/sbin", "/usr/share", "/var", "/var/lib", "/var/www",
    };

    public static Flaw? Service(string text) => text != "new" ? NameRule.Check(text) : new(
        "A service cannot be called 'new': its page would be the one that adds services.", "Choose another name.");

    public static Flaw? Package(string text)
    {
        if (!Requirement.TryParse(text, out var requirement))
            return new($"'{text}' is not a package name with extras (PEP 508).", "Write it like acme-billing or acme-billing[gunicorn].");
        return requirement.Specifiers.ToString().Length == 0 && requirement.Url is null && requirement.Marker is null ? null : new(
            "The package must have no version, URL or marker: a rollout chooses the version.",
            $"Write '{requirement.Name}{(requirement.Extras.Count > 0 ? $"[{string.Join(',', requirement.Extras)}]" : "")}'.");
    }

    public static Flaw? Python(string text) => PythonPattern().Match(text) is { Success: true } match && match.Groups["minor"].Value.PadLeft(2, '0').CompareTo("08") >= 0
        ? null
        : new($"'{text}' is not a Python that Wheelhouse deploys: it must be 3.8 or newer, as two numbers.", "Write it like \"3.11\".");

    public static Flaw? Root(string text)
    {
        if (AbsolutePath(text) is { } flaw) return flaw;
        if (SystemDirectories.Contains(text)) return new($"'{text}' belongs to the system.", $"Give the service a directory of its own, such as /srv/{(text == "/" ? "billing" : "NAME")}.");
        return text.Length <= 100 ? null : new("The root is longer than 100 characters, and a script's first line could not name its Python.", "Choose a shorter directory.");
    }

    public static Flaw? AbsolutePath(string text)
    {
        if (!text.StartsWith('/')) return new($"'{text}' is not an absolute path.", "Begin it with '/'.");
        if (text.Length > 1 && text.EndsWith('/')) return new($"'{text}' ends with '/'.", $"Write '{text.TrimEnd('/')}'.");
        if (text.Split('/').Skip(1).Any(part => part is "." or ".." || (part.Length == 0 && text.Length > 1)))
            return new($"'{text}' has an empty, '.' or '..' part.", "Write the path itself.");
        return PathPattern().IsMatch(text) ? null : new($"'{text}' has a character that paths here must not have.", "Use letters, digits and '/', '.', '_', '-', '+', '@'.");
    }

    /// <summary>An absolute path, or one that begins with <c>{root}</c>.</summary>
    public static Flaw? RootedPath(string text) =>
        AbsolutePath(text.StartsWith("{root}/", StringComparison.Ordinal) ? text["{root}".Length..] : text);

    public static Flaw? User(string text) => UserPattern().IsMatch(text) ? null : new(
        $"'{text}' is not the name of an account: lower-case letters, digits, '_', '-' and '.', beginning with a letter or '_', at most 32 characters.");

    public static Flaw? Variable(string text) => VariablePattern().IsMatch(text) ? null : new(
        $"'{text}' is not the name of an environment variable.", "Use letters, digits and '_', beginning with a letter or '_'.");

    public static Flaw? Unit(string text) => UnitPattern().IsMatch(text) ? null : new(
        $"'{text}' is not the name of a systemd unit.", "Write it like billing.service.");

    public static Flaw? Module(string text) => ModulePattern().IsMatch(text) ? null : new(
        $"'{text}' is not the name of a module.", "Write it like billing.wsgi.");

    public static Flaw? Reason(string text) => text.Trim().Length == 0 ? new("The reason is blank.")
        : text.Length > LongestReason ? new($"The reason is longer than {LongestReason} characters.", "Shorten it.")
        : null;

    public static Flaw? TimeZone(string text) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null : new(
        $"This server knows no time zone '{text}'.", "Use a name of the IANA time zone database, such as Europe/Berlin or UTC; on Debian it is the package tzdata.");

    /// <summary>A command has balanced quotes and stays on one line.</summary>
    public static Flaw? Command(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal)) return new("A command must be on one line.", "Put a script into the package and call that.");
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote != '\'') i++;
            else if (quote is null && text[i] is '"' or '\'') quote = text[i];
            else if (text[i] == quote) quote = null;
        }

        if (quote is not null) return new($"The quote {quote} in the command is not closed.");
        return text.Trim().Length == 0 ? new("The command is blank.") : null;
    }

    [GeneratedRegex(@"^3\.(?<minor>[0-9]|[1-9][0-9])\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PythonPattern();

    [GeneratedRegex(@"^[A-Za-z0-9/._+@-]+\z", RegexOptions.None, 1000)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^[a-z_][a-z0-9_.-]{0,31}\z", RegexOptions.None, 1000)]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.None, 1000)]
    private static partial Regex VariablePattern();

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\][A-Za-z0-9:_.\\@-]*\z", RegexOptions.None, 1000)]
    private static partial Regex UnitPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\z", RegexOptions.None, 1000)]
    private static partial Regex ModulePattern();
}
