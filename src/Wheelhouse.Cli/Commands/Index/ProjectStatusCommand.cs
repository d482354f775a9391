using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Sets the status of a project.</summary>
internal sealed class ProjectStatusCommand : CliCommand
{
    private readonly Argument<string> _project = new("NAME") { Description = "The project" };
    private readonly Argument<string> _status = new("STATUS") { Description = "active; archived: no uploads; deprecated; quarantined: no uploads, and no file is given out" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why: installers may show it", HelpName = "TEXT" };

    public ProjectStatusCommand(CliHost host) : base(host, "status", "Archive, deprecate or quarantine a project, or make it active again")
    {
        _status.AcceptOnlyFromAmong("active", "archived", "deprecated", "quarantined");
        Add(_project);
        Add(_status);
        Add(_reason);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var (project, status) = (context.Need(_project), context.Need(_status));
        await context.Client.SetProjectStatusAsync(project, new StatusRequest(status, context.Get(_reason)), token);
        if (!context.Json) context.Output.Line($"{project} is {status}.");
        return ExitCodes.Success;
    }
}
