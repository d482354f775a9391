using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Holds the verbs about projects that are built.</summary>
internal sealed class ProjectsCommand : Command
{
    public ProjectsCommand(CliHost host) : base("projects", "What is built, and from where")
    {
        foreach (var verb in (Command[])[
            new ProjectsListCommand(host), new ProjectsAddCommand(host), new ProjectsApplyCommand(host), new ProjectsShowCommand(host), new ProjectsDeleteCommand(host)]) Add(verb);
    }

    /// <summary>The argument that most of them take.</summary>
    public static Argument<string> Project() => new("PROJECT") { Description = "The project's name on the index" };
}
