using System.CommandLine;
using System.Reflection;
using Wheelhouse.Cli;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Tests.Cli.Hosting;

/// <summary>The reference page knows every verb, option and exit code.</summary>
public sealed class ReferenceTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "cli.md"));

    [Fact]
    public void It_names_every_verb_with_its_options()
    {
        using var cli = new CliHost
        {
            Environment = new Dictionary<string, string>(),
            Input = TextReader.Null,
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OpenConsole = _ => throw new InvalidOperationException("Nothing is drawn."),
        };
        var missing = CommandTree.Groups(cli).SelectMany(group => group.Commands)
            .SelectMany(command => Missing(command, "wheelhouse"))
            .ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void It_lists_every_exit_code()
    {
        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral);
        Assert.All(codes, code => Assert.Contains($"| {code.GetRawConstantValue()} |", Page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Missing(Command command, string path)
    {
        var name = $"{path} {command.Name}";
        if (!Page.Contains($"\n{name}", StringComparison.Ordinal)) yield return name;
        foreach (var option in command.Options.Where(option => !Page.Contains(option.Name, StringComparison.Ordinal))) yield return $"{name} {option.Name}";
        foreach (var nested in command.Subcommands.SelectMany(child => Missing(child, name))) yield return nested;
    }
}
