using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Notifications;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Lists the channels and how telling goes.</summary>
internal sealed class ChannelsListCommand(CliHost host) : CliCommand(host, "list", "List the channels and how telling goes")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var channels = await context.Client.ListChannelsAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(channels);
            return ExitCodes.Success;
        }
        if (channels.Count == 0)
        {
            context.Output.Line("No channel tells anybody anything yet.");
            context.Output.Line("  add one:  wheelhouse channels apply -f FILE");
            return ExitCodes.Success;
        }
        var times = context.Output.Times;
        var table = Tables.New("Name", "Notifier", "Last told", "Set aside", "");
        foreach (var channel in channels)
        {
            table.AddRow(
                new Text(channel.Name), new Text(channel.Notifier), new Text(channel.LastSentAt is { } at ? times.Ago(at) : "never"),
                new Text(channel.Dead == 0 ? "" : $"{channel.Dead}"), new Text(Problem(channel, times), Symbols.Bad));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }

    private static string Problem(ChannelView channel, Times times) => channel switch
    {
        { Errors: [var error, ..] } => $"its document is invalid: line {error.Line}: {Printable.Of(error.Message)}",
        { Waiting: { } waiting } => $"waits since {times.Ago(waiting.EventAt)}: {Printable.Of(waiting.Error ?? "")}",
        _ => "",
    };
}
