using System.Text.RegularExpressions;

namespace Wheelhouse.Tests.Services;

/// <summary>What the documentation and the samples show is valid.</summary>
public sealed partial class ServiceDocsTests
{
    public static TheoryData<string> Examples { get; } =
        [.. YamlBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "services.md"))).Select(match => match.Groups["yaml"].Value)];

    [Fact]
    public void The_reference_has_examples() => Assert.Equal(3, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_reference_is_valid(string yaml) => Assert.Empty(DocumentParsing.Parser.Parse(yaml).Errors);

    [Fact]
    public void The_sample_is_valid() =>
        Assert.Empty(DocumentParsing.Parser.Parse(File.ReadAllText(Path.Combine(Repository.Samples, "hello", "services.yaml"))).Errors);

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();
}
