using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Documents;

/// <summary>What people may call a service, an environment, a process, a channel or a secret.</summary>
internal static partial class NameRule
{
    /// <summary>Says what is wrong with a name, or null.</summary>
    public static Flaw? Check(string text) => Pattern().IsMatch(text) ? null : new(
        $"'{text}' is not a name: it takes 1 to 63 lower-case letters, digits and dashes, with a letter or digit at both ends.",
        Pattern().IsMatch(Lower(text)) ? $"Write '{Lower(text)}'." : null);

    private static string Lower(string text) => text.ToLowerInvariant().Replace('_', '-').Replace(' ', '-').Replace('.', '-').Trim('-');

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
