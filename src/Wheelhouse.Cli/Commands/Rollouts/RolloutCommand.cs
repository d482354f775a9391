using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>A verb that starts a rollout and follows it.</summary>
internal abstract class RolloutCommand : CliCommand
{
    private readonly Option<bool> _queue = new("--queue") { Description = "Wait for the active rollout to end instead of being refused" };

    private readonly Option<string[]> _limit = new("--limit") { Description = "Only this node; may be repeated", HelpName = "NODE", DefaultValueFactory = _ => [] };

    private readonly Option<bool> _relock = new("--relock") { Description = "Resolve the dependencies anew, even if this version was locked before" };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the history", HelpName = "TEXT" };

    private readonly Option<string?> _overrideHold = new("--override-hold") { Description = "Begin although a hold stands, and why; it is audited", HelpName = "REASON" };

    private readonly Option<bool> _acceptMissing = new("--accept-missing-nodes") { Description = "Begin although the inventory names far fewer nodes than at the last rollout" };

    private readonly Option<string?> _key = new("--idempotency-key")
    {
        Description = "Asking again with the same key follows the first rollout; in GitHub Actions, GitLab CI, Jenkins and Buildkite it comes from the build",
        HelpName = "KEY",
    };

    private readonly FollowFlags _follow;

    protected RolloutCommand(CliHost host, string name, string description) : base(host, name, description)
    {
        foreach (var option in (Option[])[_queue, _limit, _relock, _reason, _overrideHold, _acceptMissing, _key]) Add(option);
        _follow = new FollowFlags(this, mayDetach: true);
    }

    /// <summary>Asks for the rollout and follows it, with the options that all these verbs have.</summary>
    protected async Task<int> RollOutAsync(CommandContext context, string service, string environment, RolloutRequest request, CancellationToken token)
    {
        request = request with
        {
            Queue = context.Get(_queue),
            Limit = context.Get(_limit) ?? [],
            Relock = context.Get(_relock),
            Reason = context.Get(_reason),
            OverrideHold = context.Get(_overrideHold),
            AcceptMissingNodes = context.Get(_acceptMissing),
        };
        var key = context.Get(_key) ?? CiBuild.Key(context.Host, service, environment, request);
        var asked = await AskAsync(context, service, environment, request, key, token);
        return await EndAsync(context, asked);
    }

    /// <summary>Follows a rollout, or tells its id when detached.</summary>
    /// <param name="context">The command.</param>
    /// <param name="asked">The rollout.</param>
    /// <param name="seenUntil">Events up to this one are not shown again; 0 shows all.</param>
    protected async Task<int> EndAsync(CommandContext context, AskedRollout asked, long seenUntil = 0)
    {
        var rollout = asked.Rollout;
        if (!asked.IsNew) context.Output.Remark(Known(rollout));
        if (!_follow.IsDetached(context)) return await new RolloutFollower(context, _follow.Read(context) with { SeenUntil = seenUntil }).FollowAsync(rollout);
        if (context.Json) context.Output.WriteJson(rollout);
        else context.Output.Line($"{rollout.Id}\n  follow it:  wheelhouse follow {rollout.Id}\n  cancel it:  wheelhouse cancel {rollout.Id}");
        return ExitCodes.Success;
    }

    /// <summary>Asks as often as the connection needs; the key makes sure that only one rollout comes of it.</summary>
    private static Task<AskedRollout> AskAsync(
        CommandContext context, string service, string environment, RolloutRequest request, string? key, CancellationToken token)
    {
        var sure = key ?? Guid.NewGuid().ToString("N");
        return Patience.AskAsync(
            () => context.Client.AskRolloutAsync(service, environment, request, sure, token), TimeSpan.FromSeconds(10), context.Host.Time, token);
    }

    private static string Known(RolloutView rollout)
    {
        var known = $"This key already asked for rollout {rollout.Id} ({rollout.State}); no second one was started.";
        return RolloutStates.IsEnded(rollout.State) ? known + "\n  fix: to start another, pass --idempotency-key with a new value" : known;
    }
}
