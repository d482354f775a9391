using System.Text.RegularExpressions;
using Wheelhouse.Tests.Inventory;

namespace Wheelhouse.Tests.Services;

/// <summary>What the documentation and the samples show is valid.</summary>
public sealed partial class ServiceDocsTests
{
    public static TheoryData<string> Examples { get; } =
        [.. Read("reference/services.md"), .. Read("quickstart/README.md"), .. Inventories.SelectMany(page => Read($"reference/inventories/{page}"))];

    private static IEnumerable<string> Inventories =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "reference", "inventories"), "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Fact]
    public void The_reference_the_quickstart_and_each_inventory_have_examples() => Assert.True(Examples.Count >= 4 + Inventories.Count());

    /// <summary>The <c>static</c> one stands in the reference of services.</summary>
    [Fact]
    public void Every_inventory_has_a_page() =>
        Assert.Equal(
            ShippedInventories.All.Names.Except(["static"]),
            Inventories.Select(page => Path.GetFileNameWithoutExtension(page)).Except(["README"]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_valid(string yaml) => Assert.Empty(DocumentParsing.Parser.Parse(yaml).Errors);

    [Fact]
    public void The_sample_is_valid() =>
        Assert.Empty(DocumentParsing.Parser.Parse(File.ReadAllText(Path.Combine(Repository.Samples, "hello", "services.yaml"))).Errors);

    private static IEnumerable<string> Read(string page) =>
        YamlBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", page))).Select(match => match.Groups["yaml"].Value);

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();
}
