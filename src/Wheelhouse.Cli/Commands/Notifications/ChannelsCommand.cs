using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Holds the verbs about channels.</summary>
internal sealed class ChannelsCommand : Command
{
    public ChannelsCommand(CliHost host) : base("channels", "Who is told of what, and how that goes")
    {
        foreach (var verb in (Command[])[
            new ChannelsListCommand(host), new ChannelsApplyCommand(host), new ChannelsPreviewCommand(host), new ChannelsTestCommand(host),
            new ChannelsDeliveriesCommand(host), new ChannelsResendCommand(host), new ChannelsSetAsideCommand(host), new ChannelsDeleteCommand(host)]) Add(verb);
    }

    /// <summary>The argument that most of them take.</summary>
    public static Argument<string> Channel() => new("CHANNEL") { Description = "The channel's name" };
}
