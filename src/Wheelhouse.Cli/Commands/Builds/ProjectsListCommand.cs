using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Lists the projects that are built.</summary>
internal sealed class ProjectsListCommand(CliHost host) : CliCommand(host, "list", "List the projects that are built, with their newest builds")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var projects = await context.Client.ListBuildProjectsAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(projects);
            return ExitCodes.Success;
        }

        if (projects.Count == 0)
        {
            context.Output.Line("Nothing is built yet.");
            context.Output.Line("  add a project:  wheelhouse projects add URL");
            return ExitCodes.Success;
        }

        var table = Tables.New("Project", "Repository", "Last build", "");
        foreach (var project in projects)
            table.AddRow(new Text(project.Name), new Text(Printable.Of(project.Repository)), new Text(Last(project, context.Output.Times)), new Text(Problem(project), Symbols.Bad));
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }

    private static string Last(BuildProjectView project, Times times) =>
        project.LastBuild is { } build ? $"{build.State} {times.Ago(build.EndedAt ?? build.StartedAt ?? build.CreatedAt)}{(build.Version is null ? "" : $", {build.Version}")}" : "none";

    private static string Problem(BuildProjectView project) => project switch
    {
        { Errors: [var error, ..] } => $"its document is invalid: line {error.Line}: {Printable.Of(error.Message)}",
        { PollError: { } error } => Printable.Short(error, 80),
        { LastBuild: { State: BuildStates.Failed, Error: { } error } } => Printable.Short(error, 80),
        _ => "",
    };
}
