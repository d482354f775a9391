using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Finds the module of the WSGI or ASGI application that a start command names. Pure.</summary>
public static partial class ApplicationModule
{
    private static readonly HashSet<string> Servers = new(StringComparer.Ordinal) { "gunicorn", "uvicorn", "hypercorn", "daphne", "waitress-serve", "granian" };

    /// <summary>Options whose value looks like an application; a word behind any other option is one only when it names an attribute.</summary>
    private static readonly HashSet<string> Confusable = new(StringComparer.Ordinal)
    {
        "-c", "--config", "-k", "--worker-class", "--logger-class", "-n", "--name", "-b", "--bind", "--host", "--log-config", "--loop", "--http",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "-D", "--daemon", "--preload", "--preload-app", "--factory", "--proxy-headers", "--reload" };

    /// <summary>Options that let the application's module lie somewhere that only the server would look.</summary>
    private static readonly string[] PathOptions = ["--chdir", "--pythonpath", "--app-dir", "--paste"];

    /// <summary>Such as <c>billing.wsgi</c> for <c>gunicorn -w 4 billing.wsgi:app</c>; null when the command names none that can be imported by itself.</summary>
    /// <param name="command">A valid <c>start</c> command.</param>
    public static string? Of(string command)
    {
        var words = Word().Matches(command).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)).ToList();
        var server = words.FindIndex(word => Servers.Contains(word[(word.LastIndexOf('/') + 1)..]));
        if (server < 0 || words.Any(word => PathOptions.Any(option => word.StartsWith(option, StringComparison.Ordinal)))) return null;
        for (var i = server + 1; i < words.Count; i++)
        {
            var before = words[i - 1];
            if (Application().Match(words[i]) is not { Success: true } match || Confusable.Contains(before)) continue;
            var isValue = before.StartsWith('-') && !before.Contains('=', StringComparison.Ordinal) && !Flags.Contains(before);
            var isLast = i == words.Count - 1 || i == server + 1;
            if (match.Groups["attribute"].Success || (isLast && !isValue)) return match.Groups["module"].Value;
        }

        return null;
    }

    [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?<module>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?<attribute>:[A-Za-z_][\w.]*(?:\(.*\))?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Application();
}
