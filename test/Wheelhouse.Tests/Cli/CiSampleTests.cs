using System.Text.RegularExpressions;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Tests.Cli;

/// <summary>The examples for CI servers use the command line as it is.</summary>
public sealed partial class CiSampleTests
{
    public static TheoryData<string> Files => ["Jenkinsfile", "github-actions.yml", "gitlab-ci.yml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Their_commands_are_understood(string file)
    {
        using var host = new CliHost
        {
            Environment = new Dictionary<string, string>(),
            Input = TextReader.Null,
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OpenConsole = _ => throw new InvalidOperationException("Nothing is drawn."),
        };
        var root = CommandTree.Create(host);
        var commands = Command().Matches(Read(file)).Select(match => match.Groups["arguments"].Value.Trim()).ToList();
        Assert.Equal(2, commands.Count);
        Assert.All(commands, command => Assert.Empty(root.Parse(command.Replace("\"", "", StringComparison.Ordinal).Replace("${", "", StringComparison.Ordinal)).Errors));
    }

    [Theory]
    [InlineData("github-actions.yml")]
    [InlineData("gitlab-ci.yml")]
    public void The_YAML_can_be_read(string file)
    {
        var errors = new DocumentErrors();
        Assert.IsType<MapNode>(Assert.Single(YamlComposer.Compose(Read(file), errors)).Root);
        Assert.Empty(errors.ToList());
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "samples", "ci", file));

    [GeneratedRegex("^ *(- )?wheelhouse (?<arguments>(publish|deploy) .*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
