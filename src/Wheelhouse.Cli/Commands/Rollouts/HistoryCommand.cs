using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Lists rollouts, the newest first.</summary>
internal sealed class HistoryCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();
    private readonly Option<int> _limit = PageLength.Option();
    private readonly Option<string?> _before = new("--before") { Description = "Only those older than this rollout", HelpName = "ROLLOUT" };

    public HistoryCommand(CliHost host) : base(host, "history", "The rollouts of a service in an environment, the newest first")
    {
        Add(_service);
        Add(_environment);
        Add(_limit);
        Add(_before);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var rollouts = await context.Client.ListRolloutsAsync(
            context.Need(_service), context.Need(_environment), context.Get(_limit), context.Get(_before), token);
        if (context.Json) context.Output.WriteJson(rollouts);
        else if (rollouts.Count == 0) context.Output.Line("No rollouts yet.");
        else context.Output.Console.Write(Draw(rollouts, context.Output));
        return ExitCodes.Success;
    }

    private static Grid Draw(IReadOnlyList<RolloutView> rollouts, Writer output)
    {
        var symbols = new Symbols(output.Console.Profile.Capabilities.Unicode);
        var table = Tables.New("When", "What", "Result", "By", "Took", "Rollout", "");
        foreach (var rollout in rollouts)
        {
            var style = rollout.State switch
            {
                RolloutStates.Succeeded => Symbols.Good,
                RolloutStates.Failed => Symbols.Bad,
                RolloutStates.Running or RolloutStates.Queued => Symbols.Busy,
                RolloutStates.Planned => Symbols.Calm,
                _ => Symbols.Warn,
            };
            table.AddRow(
                new Text(output.Times.Moment(rollout.CreatedAt)),
                new Text(RolloutWords.Change(rollout, symbols.Arrow)),
                new Text(rollout.State, style),
                new Text(rollout.By),
                new Text(rollout.EndedAt - rollout.StartedAt is { } took ? Times.Span(took) : ""),
                new Text(rollout.Id, Symbols.Calm),
                new Text(Printable.Short(rollout.Error ?? rollout.Reason, 80), Symbols.Calm));
        }
        return table;
    }
}
