using System.Text.RegularExpressions;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Templates;

namespace Wheelhouse.Tests.Notifications;

/// <summary>The pages about channels say what there is, and their examples are valid.</summary>
public sealed partial class ChannelPagesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "reference", "channels");

    public static TheoryData<string> Examples { get; } = [.. Directory.GetFiles(Folder, "*.md").SelectMany(page => YamlBlock().Matches(File.ReadAllText(page))).Select(match => match.Groups["yaml"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_valid(string yaml) => Assert.Empty(ShippedNotifiers.Parser.Parse(yaml).Errors);

    [Fact]
    public void Every_notifier_has_a_page_with_an_example_and_a_line_in_the_list()
    {
        var list = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(ShippedNotifiers.All.Names, name =>
        {
            Assert.Contains($"\n{name}:", File.ReadAllText(Path.Combine(Folder, $"{name}.md")), StringComparison.Ordinal);
            Assert.True(list.Contains($"| [{name}]({name}.md) |", StringComparison.Ordinal), $"docs/reference/channels/README.md needs a row '| [{name}]({name}.md) | … | … |'.");
        });
        Assert.Equal(
            ShippedNotifiers.All.Names.Append("README").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder, "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_of_events_and_of_variables_is_whole()
    {
        var list = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(NotificationEvents.All, name => Assert.Contains($"`{name}`", list, StringComparison.Ordinal));
        Assert.All(NotificationEvents.Quiet, name => Assert.Contains($"`{name}` *", list, StringComparison.Ordinal));
        Assert.All(TemplateVariables.All, variable => Assert.Contains($"| `{variable.Name}` | {variable.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |", list, StringComparison.Ordinal));
    }

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();
}
