using System.CommandLine;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Makes the projects on the server what a file says.</summary>
internal sealed class ProjectsApplyCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The YAML document; - reads standard input", HelpName = "FILE", Required = true };
    private readonly Option<bool> _check = new("--check") { Description = "Only check the document; change nothing" };

    public ProjectsApplyCommand(CliHost host) : base(host, "apply", "Apply the projects to build that a YAML document describes")
    {
        Add(_file);
        Add(_check);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) => DocumentFile.UseAsync(context, context.Get(_file)!, async file =>
    {
        if (context.Get(_check))
        {
            await context.Client.ValidateBuildProjectsAsync(file.Yaml, token);
            if (!context.Json) context.Output.Line($"{file.Name} is valid.");
            return ExitCodes.Success;
        }

        var applied = await context.Client.ApplyBuildProjectsAsync(file.Yaml, token);
        if (context.Json) context.Output.WriteJson(applied);
        else foreach (var project in applied) AppliedLine.Write(context, project.Project, project.Change, project.Revision);
        return ExitCodes.Success;
    }, token);
}
