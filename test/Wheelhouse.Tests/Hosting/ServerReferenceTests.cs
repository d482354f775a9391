using System.CommandLine;
using Wheelhouse.Server.Hosting.Commands;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Tests.Hosting;

/// <summary>The reference page of the server's command line knows every verb and option; those that are settings have a page of their own.</summary>
public sealed class ServerReferenceTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "server.md"));
    private static readonly HashSet<string?> Settings = [.. SettingsCatalogue.All.Values.Select(setting => setting.Flag)];

    [Fact]
    public void It_names_every_verb_with_its_options() =>
        Assert.Empty(ServerCommandLine.Create().Subcommands.SelectMany(command => Missing(command, "wheelhouse-server")));

    private static IEnumerable<string> Missing(Command command, string path)
    {
        var name = $"{path} {command.Name}";
        if (!Page.Contains($"\n{name}", StringComparison.Ordinal)) yield return name;
        foreach (var option in command.Options.Where(option => !Page.Contains(option.Name, StringComparison.Ordinal) && !Settings.Contains(option.Name)))
            yield return $"{name} {option.Name}";
        foreach (var nested in command.Subcommands.SelectMany(child => Missing(child, name))) yield return nested;
    }
}
