using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Prints a project's document.</summary>
internal sealed class ProjectsShowCommand : CliCommand
{
    private readonly Argument<string> _project = ProjectsCommand.Project();

    public ProjectsShowCommand(CliHost host) : base(host, "show", "Print the document of a project, as it was applied") => Add(_project);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var project = await context.Client.GetBuildProjectAsync(context.Need(_project), token);
        if (context.Json) context.Output.WriteJson(project);
        else context.Output.Line(project.Yaml.TrimEnd('\n'));
        return ExitCodes.Success;
    }
}
