using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Lists what is on the index.</summary>
internal sealed class PackagesCommand : CliCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "The releases and files of this project", Arity = ArgumentArity.ZeroOrOne };

    public PackagesCommand(CliHost host) : base(host, "packages", "List the projects on the index, or the releases of one; yank and delete")
    {
        Add(_name);
        foreach (var command in (Command[])[new YankCommand(host), new UnyankCommand(host), new ProjectStatusCommand(host), new DeleteFilesCommand(host)]) Add(command);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        if (context.Get(_name) is { } name)
        {
            var project = await context.Client.GetProjectAsync(name, token);
            if (context.Json) context.Output.WriteJson(project);
            else Write(context.Output, project);
            return ExitCodes.Success;
        }
        var projects = await context.Client.ListProjectsAsync(token);
        if (context.Json) context.Output.WriteJson(projects);
        else if (projects.Count == 0) context.Output.Line("The index is empty. Fill it: wheelhouse publish dist/*");
        else context.Output.Console.Write(Projects(projects, context.Output.Times));
        return ExitCodes.Success;
    }

    private static void Write(Writer output, ProjectDetail project)
    {
        if (project.Status != "active") output.Line(Printable.Of($"{project.Name} is {project.Status}{(project.StatusReason is null ? "" : $": {project.StatusReason}")}"));
        if (Origin(project) is { } origin) output.Line(Printable.Of(origin));
        if (project.Releases.Count > 0) output.Console.Write(Files(project, output.Times));
    }

    private static string? Origin(ProjectDetail project) => (project.Origin.Kind, project.Origin.Upstream, project.Origin.Rule) switch
    {
        (ProjectOrigins.Upstream, { } upstream, _) => $"{project.Name} comes from the upstream {upstream}. What is kept of it here:",
        (ProjectOrigins.Reserved, _, { } pattern) => $"{project.Name} is reserved by {pattern}: no upstream is asked for it, and nothing was uploaded yet.",
        (ProjectOrigins.Blocked, _, { } rule) => $"{project.Name} is blocked by {rule}: no upstream is asked for it.",
        (ProjectOrigins.Local, { } upstream, _) => $"The upstream {upstream} has a {project.Name} too; it is not asked for it, since this one was uploaded here.",
        _ => null,
    };

    private static string Yanked(FileView file) => file.Yanked switch
    {
        null => "",
        "" => " (yanked)",
        var reason => $" (yanked: {Printable.Of(reason)})",
    };

    private static Grid Projects(IReadOnlyList<ProjectView> projects, Times times)
    {
        var table = Tables.New("Project", "Newest", "Releases", "Uploaded", "From");
        foreach (var project in projects)
        {
            table.AddRow(
                new Text(project.Name), new Text(project.Version),
                new Text(project.Releases.ToString(CultureInfo.InvariantCulture)), new Text(times.Ago(project.UploadedAt), Symbols.Calm),
                new Text(project.Upstream ?? "here"));
        }
        return table;
    }

    private static Grid Files(ProjectDetail project, Times times)
    {
        var table = Tables.New("Version", "File", "Size", "Python", "Uploaded", "By");
        foreach (var release in project.Releases)
        {
            foreach (var file in release.Files)
            {
                table.AddRow(
                    new Text(release.Version), new Text(file.FileName + Yanked(file)), new Text(string.Create(CultureInfo.InvariantCulture, $"{file.Size / 1024.0:0.0} KiB")),
                    new Text(file.RequiresPython ?? "any"), new Text(times.Moment(file.UploadedAt), Symbols.Calm), new Text(file.UploadedBy));
            }
        }
        return table;
    }
}
