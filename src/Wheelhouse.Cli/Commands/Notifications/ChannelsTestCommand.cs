using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Sends an example over a channel.</summary>
internal sealed class ChannelsTestCommand : CliCommand
{
    private readonly Argument<string> _channel = ChannelsCommand.Channel();
    private readonly Option<string?> _event = new("--event") { Description = "The example, such as rollout.failed", HelpName = "EVENT" };

    public ChannelsTestCommand(CliHost host) : base(host, "test", "Send an example over a channel now, and say how it went")
    {
        Add(_channel);
        Add(_event);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var channel = context.Need(_channel);
        var result = await context.Client.TestChannelAsync(channel, context.Get(_event), token);
        if (context.Json) context.Output.WriteJson(result);
        else if (result.Sent) context.Output.Line($"The receiver of {channel} took it, within {result.Milliseconds} ms.");
        if (result.Sent) return ExitCodes.Success;
        throw new CliException(ExitCodes.Error, Printable.Of(result.Error ?? "The receiver did not take it."), result.Fix ?? $"see wheelhouse channels deliveries {channel}");
    }
}
