using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Cli.Commands.Delivery;

/// <summary>Shows the delivery metrics.</summary>
internal sealed class DeliveryCommand : CliCommand
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "Only this service", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _team = new("--team") { Description = "Only the services of this team", HelpName = "NAME" };
    private readonly Option<string?> _environment = new("--environment") { Description = "The environment, or * for all; the last one of each service unless told", HelpName = "ENV" };
    private readonly Option<string?> _from = new("--from") { Description = "The first day, such as 2030-01-01; 90 days ago unless told", HelpName = "DATE" };
    private readonly Option<string?> _to = new("--to") { Description = "The day after the last one; now unless told", HelpName = "DATE" };
    private readonly Option<string?> _bucket = new("--bucket") { Description = "By day, week or month; what suits the time unless told", HelpName = "LENGTH" };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write CSV: a row for each bucket and service" };

    public DeliveryCommand(CliHost host) : base(host, "delivery", "How often, how fast and how safely releases reach users (DORA)")
    {
        _bucket.AcceptOnlyFromAmong([.. DeliveryBuckets.All]);
        Add(_service);
        foreach (var option in (Option[])[_team, _environment, _from, _to, _bucket, _csv]) Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_csv) && result.GetValue(GlobalOptions.Json)) result.AddError("--csv and --json exclude each other: give one of them.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var query = new DeliveryQuery
        {
            Service = context.Get(_service),
            Team = context.Get(_team),
            Environment = context.Get(_environment),
            From = context.Get(_from),
            To = context.Get(_to),
            Bucket = context.Get(_bucket),
        };
        if (context.Get(_csv))
        {
            await context.Host.Out.WriteAsync(await context.Client.GetDeliveryCsvAsync(query, token));
            return ExitCodes.Success;
        }

        var view = await context.Client.GetDeliveryAsync(query, token);
        if (context.Json) context.Output.WriteJson(view);
        else Write(context.Output, view);
        return ExitCodes.Success;
    }

    private static void Write(Writer output, DeliveryView view)
    {
        if (view.Services.Count == 0)
        {
            output.Line("No services yet. Add one: wheelhouse apply -f services.yaml");
            return;
        }

        var places = view.Environment switch
        {
            null => "the last environment of each service",
            DeliveryQuery.EveryEnvironment => "all environments",
            var environment => environment,
        };
        output.Line($"{output.Times.Moment(view.From)} to {output.Times.Moment(view.To)}, {places}");
        output.Line();
        var table = Tables.New("", "Deployments", "A day", "Lead time", "Change failures", "Time to restore");
        foreach (var service in view.Services) Add(table, service.Service, service.Figures, Style.Plain);
        foreach (var team in view.Teams) Add(table, $"team {team.Team}", team.Figures, Style.Plain);
        if (view.Services.Count > 1) Add(table, "in total", view.Total, new Style(decoration: Decoration.Bold));
        output.Console.Write(table);
        if (view.Total.LeadTimeBasis == LeadTimeBases.Publication)
        {
            output.Line();
            output.Line("Lead times are from the publication: no commits are known. 'wheelhouse publish' in a git working tree reports them.");
        }
    }

    private static void Add(Grid table, string name, DeliveryFigures figures, Style style) => table.AddRow(
        [.. DeliveryWords.Cells(name, figures).Select(cell => new Text(cell, figures.Deployments == 0 ? Symbols.Calm : style))]);
}
