using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Shows what a push would do.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();
    private readonly Argument<string?> _version = RolloutArguments.Version("the newest final release");
    private readonly Option<bool> _revert = new("--revert") { Description = "The plan of a revert instead of a deploy" };
    private readonly Option<string[]> _limit = new("--limit") { Description = "Only this node; may be repeated", HelpName = "NODE", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _relock = new("--relock") { Description = "Resolve the dependencies anew" };
    private readonly FollowFlags _follow;

    public PlanCommand(CliHost host) : base(host, "plan", "Show what a deploy would do: nodes, batches, package changes")
    {
        Add(_service);
        Add(_environment);
        Add(_version);
        Add(_revert);
        Add(_limit);
        Add(_relock);
        _follow = new FollowFlags(this, mayDetach: false);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var request = new RolloutRequest
        {
            Kind = context.Get(_revert) ? RolloutKinds.Revert : RolloutKinds.Deploy,
            Version = context.Get(_version),
            PlanOnly = true,
            Limit = context.Get(_limit) ?? [],
            Relock = context.Get(_relock),
        };
        var asked = await context.Client.AskRolloutAsync(
            context.Need(_service), context.Need(_environment), request, Guid.NewGuid().ToString("N"), token);
        return await new RolloutFollower(context, _follow.Read(context)).FollowAsync(asked.Rollout);
    }
}
