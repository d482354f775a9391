using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Arguments that several verbs take, each made anew for each verb.</summary>
internal static class RolloutArguments
{
    public static Argument<string> Service() => new("SERVICE") { Description = "The service's name" };

    public static Argument<string> Environment() => new("ENV") { Description = "The environment's name, such as production" };

    public static Argument<string> Rollout() => new("ROLLOUT") { Description = "The rollout's id, as deploy and history show it" };

    public static Argument<string?> Version(string otherwise) => new("VERSION")
    {
        Description = $"The version; {otherwise} when it is left out",
        Arity = ArgumentArity.ZeroOrOne,
    };
}

/// <summary>The options of every verb that follows a rollout.</summary>
internal sealed class FollowFlags
{
    private readonly Option<bool> _detach = new("--detach") { Description = "Return at once and leave the rollout to itself" };

    private readonly Option<bool> _wait = new("--wait") { Description = "Follow to the end (the default)" };

    private readonly Option<bool> _cancelOnInterrupt = new("--cancel-on-interrupt")
    {
        Description = "Ctrl-C and SIGTERM cancel the rollout and wait for its end, instead of leaving it to itself",
    };

    private readonly Option<TimeSpan?> _reconnectFor = new("--reconnect-for")
    {
        Description = "How long to wait for a server that went away, such as 30s or 1h; 10m when left out",
        HelpName = "TIME",
        CustomParser = argument => Durations.Parse(argument),
    };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="mayDetach">Whether it starts something that can go on without it.</param>
    public FollowFlags(Command command, bool mayDetach)
    {
        if (mayDetach)
        {
            command.Add(_wait);
            command.Add(_detach);
            command.Validators.Add(result =>
            {
                if (result.GetValue(_wait) && result.GetValue(_detach)) result.AddError("--wait and --detach exclude each other.");
            });
        }
        command.Add(_cancelOnInterrupt);
        command.Add(_reconnectFor);
    }

    public bool IsDetached(CommandContext context) => context.Get(_detach);

    public FollowOptions Read(CommandContext context) => new()
    {
        ReconnectFor = context.Get(_reconnectFor) ?? TimeSpan.FromMinutes(10),
        CancelOnInterrupt = context.Get(_cancelOnInterrupt),
    };
}
