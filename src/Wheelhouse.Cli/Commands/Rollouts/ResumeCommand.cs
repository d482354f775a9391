using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Lets a paused rollout go on.</summary>
internal sealed class ResumeCommand : CliCommand
{
    private readonly Argument<string> _rollout = RolloutArguments.Rollout();
    private readonly FollowFlags _follow;

    public ResumeCommand(CliHost host) : base(host, "resume", "Let a paused rollout go on, and follow it")
    {
        Add(_rollout);
        _follow = new FollowFlags(this, mayDetach: true);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var id = context.Need(_rollout);
        RolloutIds.Check(id, "wheelhouse status");
        var seen = await EventHistory.LastAsync(context, id, token);
        await context.Client.ResumeAsync(id, token);
        var rollout = await context.Client.GetRolloutAsync(id, token);
        if (!_follow.IsDetached(context)) return await new RolloutFollower(context, _follow.Read(context) with { SeenUntil = seen }).FollowAsync(rollout);
        if (context.Json) context.Output.WriteJson(rollout);
        else context.Output.Line($"{id} goes on.");
        return ExitCodes.Success;
    }
}
