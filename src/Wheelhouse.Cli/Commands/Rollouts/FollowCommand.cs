using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Watches a rollout that runs.</summary>
internal sealed class FollowCommand : CliCommand
{
    private readonly Argument<string> _subject = new("SERVICE") { Description = "The service's name; or, alone, the rollout's id" };
    private readonly Argument<string?> _environment = new("ENV") { Description = "The environment's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly FollowFlags _follow;

    public FollowCommand(CliHost host) : base(host, "follow", "Watch a rollout to its end; the exit code is the one of deploy")
    {
        Add(_subject);
        Add(_environment);
        _follow = new FollowFlags(this, mayDetach: false);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var id = await RolloutIds.FindAsync(context, context.Need(_subject), context.Get(_environment), token);
        return await new RolloutFollower(context, _follow.Read(context)).FollowAsync(await context.Client.GetRolloutAsync(id, token));
    }
}
