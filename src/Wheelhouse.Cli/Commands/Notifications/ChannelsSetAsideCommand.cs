using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Sets aside what waits.</summary>
internal sealed class ChannelsSetAsideCommand : CliCommand
{
    private readonly Argument<string> _channel = ChannelsCommand.Channel();
    private readonly Argument<long> _delivery = new("ID") { Description = "The delivery" };

    public ChannelsSetAsideCommand(CliHost host) : base(host, "set-aside", "Set aside what waits, so that what comes after it is told")
    {
        Add(_channel);
        Add(_delivery);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        await context.Client.SetAsideAsync(context.Need(_channel), context.Get(_delivery), token);
        if (!context.Json) context.Output.Line($"Delivery {context.Get(_delivery)} is set aside.");
        return ExitCodes.Success;
    }
}
