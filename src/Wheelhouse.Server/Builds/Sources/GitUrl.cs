using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>The address of a repository: <c>https://host/path</c>, <c>ssh://user@host/path</c> or <c>user@host:path</c>. It holds no secret.</summary>
internal sealed partial record GitUrl
{
    private const int Longest = 1000;

    private const string Examples = "Write https://git.example.org/team/project.git or git@git.example.org:team/project.git.";

    private GitUrl(string text, string protocol) => (Text, Protocol) = (text, protocol);

    /// <summary>The address as git takes it.</summary>
    public string Text { get; }

    /// <summary><c>https</c> or <c>ssh</c>; <c>http</c> and <c>file</c> only where they are allowed.</summary>
    public string Protocol { get; }

    /// <summary>Scheme and host of an https address, with a slash at the end.</summary>
    public string Origin => new Uri(Text).GetLeftPart(UriPartial.Authority) + "/";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="isLocalAllowed">Whether <c>http://</c>, <c>file://</c> and absolute paths are addresses too.</param>
    /// <exception cref="SourceException">It is none, or one that git would take for something else than an address.</exception>
    public static GitUrl Parse(string text, bool isLocalAllowed = false)
    {
        if (text.Length is 0 or > Longest || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) throw Bad("is empty, too long, or has spaces in it");
        if (text[0] == '-' || Helper().IsMatch(text)) throw Bad("would not be taken for an address by git");
        if (ScpLike().IsMatch(text)) return new GitUrl(text, "ssh");
        if (isLocalAllowed && text[0] == '/') return new GitUrl(text, "file");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw Bad("is no address");
        if (!(uri.Scheme is "https" or "ssh" || (isLocalAllowed && uri.Scheme is "http" or "file"))) throw Bad("is neither an https nor an ssh address");
        if (uri.Scheme != "file" && (uri.Host.Length == 0 || uri.Host[0] == '-')) throw Bad("names no host");
        if (uri.UserInfo.StartsWith('-') || uri.AbsolutePath.Length < 2) throw Bad("names no repository");
        if (uri.UserInfo.Contains(':') || (uri.Scheme.StartsWith("http", StringComparison.Ordinal) && uri.UserInfo.Length > 0))
            throw new SourceException("bad_git_url", "The address of a repository must not hold a user or password: it is shown to everybody.", "Give the token on its own.");
        return new GitUrl(text, uri.Scheme);

        SourceException Bad(string flaw) => new("bad_git_url", $"'{text}' {flaw}.", Examples);
    }

    public override string ToString() => Text;

    /// <summary>A remote helper, such as <c>ext::command</c>: it runs programs.</summary>
    [GeneratedRegex("^[A-Za-z0-9]+::", RegexOptions.None, 1000)]
    private static partial Regex Helper();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!/?-)[^:]+$", RegexOptions.None, 1000)]
    private static partial Regex ScpLike();
}
