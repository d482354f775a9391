using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Stops building a project.</summary>
internal sealed class ProjectsDeleteCommand : CliCommand
{
    private readonly Argument<string> _project = ProjectsCommand.Project();

    public ProjectsDeleteCommand(CliHost host) : base(host, "delete", "Build a project no more; its releases and its builds stay") => Add(_project);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var project = context.Need(_project);
        await context.Client.DeleteBuildProjectAsync(project, token);
        if (!context.Json) context.Output.Line($"{project} is not built any more.");
        return ExitCodes.Success;
    }
}
