using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Notifications;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Lists what a channel told, and what it could not tell.</summary>
internal sealed class ChannelsDeliveriesCommand : CliCommand
{
    private readonly Argument<string> _channel = ChannelsCommand.Channel();
    private readonly Option<string?> _state = new("--state") { Description = "Only those that are sent, waiting or dead (set aside)", HelpName = "STATE" };

    public ChannelsDeliveriesCommand(CliHost host) : base(host, "deliveries", "What a channel told, and what it could not tell, the newest first")
    {
        Add(_channel);
        _state.AcceptOnlyFromAmong(DeliveryStates.Sent, DeliveryStates.Waiting, DeliveryStates.Dead, DeliveryStates.Resend);
        Add(_state);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var deliveries = await context.Client.ListDeliveriesAsync(context.Need(_channel), context.Get(_state), token);
        if (context.Json)
        {
            context.Output.WriteJson(deliveries);
            return ExitCodes.Success;
        }
        var times = context.Output.Times;
        var table = Tables.New("Id", "When", "State", "Tries", "");
        foreach (var delivery in deliveries)
        {
            var style = delivery.State == DeliveryStates.Sent ? Symbols.Good : Symbols.Bad;
            table.AddRow(
                new Text($"{delivery.Id}"), new Text(times.Moment(delivery.EventAt)), new Text(delivery.State, style), new Text($"{delivery.Attempts}"),
                new Text(Printable.Of(delivery.Error is null ? delivery.Title : $"{delivery.Title} ({delivery.Error})")));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
