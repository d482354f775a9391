using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Prints a service's document, as it was sent.</summary>
internal sealed class ShowCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Option<int?> _revision = new("--revision") { Description = "This revision instead of the newest", HelpName = "N" };
    private readonly Option<bool> _revisions = new("--revisions") { Description = "List the revisions: when and by whom" };

    public ShowCommand(CliHost host) : base(host, "show", "Print a service's document, the newest or an older revision")
    {
        Add(_service);
        Add(_revision);
        Add(_revisions);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_service);
        if (context.Get(_revisions)) return await ListAsync(context, name, token);
        var number = context.Get(_revision) ?? (await context.Client.GetServiceAsync(name, token)).Revision;
        var revision = await context.Client.GetRevisionAsync(name, number, token);
        if (context.Json)
        {
            context.Output.WriteJson(revision);
            return ExitCodes.Success;
        }
        context.Output.Line($"# {revision.Service}, revision {revision.Number}, applied {context.Output.Times.Moment(revision.AppliedAt)} by {revision.AppliedBy}");
        context.Output.Line(revision.Yaml.TrimEnd());
        return ExitCodes.Success;
    }

    private static async Task<int> ListAsync(CommandContext context, string name, CancellationToken token)
    {
        var revisions = await context.Client.ListRevisionsAsync(name, token);
        if (context.Json)
        {
            context.Output.WriteJson(revisions);
            return ExitCodes.Success;
        }
        var table = Tables.New("Revision", "Applied", "By");
        foreach (var revision in revisions.OrderByDescending(revision => revision.Number))
        {
            table.AddRow(
                new Text(revision.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(context.Output.Times.Moment(revision.AppliedAt)), new Text(revision.AppliedBy));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
