using System.Text.RegularExpressions;

namespace Wheelhouse.Tests.Notifications.Extending;

/// <summary>The page about writing a notifier shows what is compiled in this folder and obeys the contract, word for word.</summary>
public sealed partial class NotifierPageTests
{
    [Fact]
    public void What_the_page_shows_is_compiled_and_tested()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "extend", "notifier.md"));
        var folder = Path.Combine(Repository.Root, "test", "Wheelhouse.Tests", "Notifications", "Extending");
        var compiled = string.Concat(Directory.GetFiles(folder, "Pager*.cs").Select(File.ReadAllText));
        var shown = Code().Matches(page).Select(match => match.Groups["code"].Value.Replace("\n   ", "\n", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, shown.Count);
        Assert.All(shown, code => Assert.Contains(code, compiled, StringComparison.Ordinal));
    }

    /// <summary>The blocks stand in a numbered list, three characters in.</summary>
    [GeneratedRegex("^   ```csharp(?<code>\n.*?\n)   ```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
