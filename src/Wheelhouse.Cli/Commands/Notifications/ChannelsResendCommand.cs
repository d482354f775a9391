using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Sends again what was set aside.</summary>
internal sealed class ChannelsResendCommand : CliCommand
{
    private readonly Argument<string> _channel = ChannelsCommand.Channel();
    private readonly Argument<long?> _delivery = new("ID") { Description = "The delivery; all that were set aside when left out", Arity = ArgumentArity.ZeroOrOne };

    public ChannelsResendCommand(CliHost host) : base(host, "resend", "Send again what was set aside, or at once what waits")
    {
        Add(_channel);
        Add(_delivery);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var channel = context.Need(_channel);
        await context.Client.ResendAsync(channel, context.Get(_delivery), token);
        if (!context.Json) context.Output.Line($"It is sent again; see how that went:  wheelhouse channels deliveries {channel}");
        return ExitCodes.Success;
    }
}
