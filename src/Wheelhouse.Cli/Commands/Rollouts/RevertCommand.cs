using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Pushes the other button.</summary>
internal sealed class RevertCommand : RolloutCommand
{
    private readonly Argument<string> _subject = new("SERVICE") { Description = "The service's name; or, alone, the id of a paused rollout" };
    private readonly Argument<string?> _environment = new("ENV") { Description = "The environment's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _to = new("--to") { Description = "The version to go back to; the last good one when left out", HelpName = "VERSION" };

    public RevertCommand(CliHost host) : base(host, "revert", "Bring the last good version back, and follow it")
    {
        Add(_subject);
        Add(_environment);
        Add(_to);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var subject = context.Need(_subject);
        if (context.Get(_environment) is { } environment)
        {
            var request = new RolloutRequest { Kind = RolloutKinds.Revert, Version = context.Get(_to) };
            return await RollOutAsync(context, subject, environment, request, token);
        }
        RolloutIds.Check(subject, "wheelhouse revert SERVICE ENV");
        var seen = await EventHistory.LastAsync(context, subject, token);
        await context.Client.RevertPausedAsync(subject, token);
        return await EndAsync(context, new AskedRollout(await context.Client.GetRolloutAsync(subject, token), IsNew: true), seen);
    }
}
