using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Deletes a channel.</summary>
internal sealed class ChannelsDeleteCommand : CliCommand
{
    private readonly Argument<string> _channel = ChannelsCommand.Channel();

    public ChannelsDeleteCommand(CliHost host) : base(host, "delete", "Delete a channel; what it had not told is not told") => Add(_channel);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var channel = context.Need(_channel);
        await context.Client.DeleteChannelAsync(channel, token);
        if (!context.Json) context.Output.Line($"Channel {channel} is deleted.");
        return ExitCodes.Success;
    }
}
