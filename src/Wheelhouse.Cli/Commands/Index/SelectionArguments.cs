using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Which files of the index a verb means.</summary>
internal sealed class SelectionArguments
{
    private readonly Argument<string> _project = new("NAME") { Description = "The project" };
    private readonly Argument<string?> _version = new("VERSION") { Description = "The release", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _file = new("--file") { Description = "Only this file", HelpName = "FILE" };

    /// <param name="command">The verb.</param>
    /// <param name="mayBeWholeProject">Whether it can mean all of a project.</param>
    public SelectionArguments(Command command, bool mayBeWholeProject)
    {
        command.Add(_project);
        command.Add(_version);
        command.Add(_file);
        command.Validators.Add(result =>
        {
            var (version, file) = (result.GetResult(_version) is { Tokens.Count: > 0 }, result.GetResult(_file) is not null);
            if (version && file) result.AddError("VERSION and --file exclude each other.");
            else if (!version && !file && !mayBeWholeProject) result.AddError("Give a VERSION, or a file with --file.");
        });
    }

    public (string Project, string? Version, string? File) Read(CommandContext context) => (context.Need(_project), context.Get(_version), context.Get(_file));

    /// <summary>Such as <c>acme 1.0</c>.</summary>
    public static string Describe((string Project, string? Version, string? File) selection) =>
        selection.File ?? (selection.Version is null ? $"all of {selection.Project}" : $"{selection.Project} {selection.Version}");
}
