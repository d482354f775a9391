using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Holds;

/// <summary>Lists what refuses rollouts now.</summary>
internal sealed class HoldsCommand(CliHost host) : CliCommand(host, "holds", "What refuses rollouts now, why and until when")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var holds = await context.Client.ListHoldsAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(holds);
            return ExitCodes.Success;
        }
        if (holds.Count == 0)
        {
            context.Output.Line("No hold stands.");
            return ExitCodes.Success;
        }
        var table = Tables.New("Where", "Who", "Since", "Ends", "");
        foreach (var hold in holds)
        {
            table.AddRow(
                new Text(HoldPlace.Describe(hold.Service, hold.Environment)), new Text(hold.Owner ?? "freeze window"),
                new Text(context.Output.Times.Moment(hold.Since), Symbols.Calm), new Text(HoldLines.End(hold, context.Output.Times)),
                new Text(Printable.Of(hold.Reason)));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
