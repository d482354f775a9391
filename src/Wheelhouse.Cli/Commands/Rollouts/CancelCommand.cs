using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Ends a rollout.</summary>
internal sealed class CancelCommand : CliCommand
{
    private readonly Argument<string> _subject = new("SERVICE") { Description = "The service's name; or, alone, the rollout's id" };
    private readonly Argument<string?> _environment = new("ENV") { Description = "The environment's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly FollowFlags _follow;

    public CancelCommand(CliHost host) : base(host, "cancel", "End a rollout within seconds; what was and was not changed is told node by node")
    {
        Add(_subject);
        Add(_environment);
        _follow = new FollowFlags(this, mayDetach: true);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var id = await RolloutIds.FindAsync(context, context.Need(_subject), context.Get(_environment), token);
        var seen = await EventHistory.LastAsync(context, id, token);
        await context.Client.CancelAsync(id, token);
        var rollout = await context.Client.GetRolloutAsync(id, token);
        if (_follow.IsDetached(context))
        {
            if (context.Json) context.Output.WriteJson(rollout);
            else context.Output.Line($"Asked for the end of {id}.");
            return ExitCodes.Success;
        }
        var code = await new RolloutFollower(context, _follow.Read(context) with { SeenUntil = seen }).FollowAsync(rollout);
        return code == ExitCodes.Cancelled ? ExitCodes.Success : code;
    }
}
