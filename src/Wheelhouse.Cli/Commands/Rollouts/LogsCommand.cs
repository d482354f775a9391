using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Prints everything that a rollout did, and what its commands printed on the nodes.</summary>
internal sealed class LogsCommand : CliCommand
{
    private readonly Argument<string> _rollout = RolloutArguments.Rollout();
    private readonly Option<string?> _node = new("--node") { Description = "Only this node", HelpName = "NODE" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on until the rollout ends" };

    public LogsCommand(CliHost host) : base(host, "logs", "Everything a rollout did, with what its commands printed on the nodes")
    {
        Add(_rollout);
        Add(_node);
        Add(_follow);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var id = context.Need(_rollout);
        RolloutIds.Check(id, "wheelhouse history SERVICE ENV");
        await context.Client.GetRolloutAsync(id, token); // An unknown id is refused instead of having no events
        var query = new EventQuery(Rollout: id);
        var events = context.Get(_follow)
            ? context.Client.FollowEventsAsync(query, new EventStreamOptions { Time = context.Host.Time, OnLost = context.Output.Remark }, token)
            : context.Client.ReadEventsAsync(query, token);
        var node = context.Get(_node);
        await foreach (var happened in events)
        {
            if (node is null || happened.Node == node) Write(context, happened);
        }
        return ExitCodes.Success;
    }

    private static void Write(CommandContext context, EventView happened)
    {
        if (context.Json)
        {
            context.Output.WriteJsonLine(happened);
            return;
        }
        var printed = EventLine.Printed(happened).ToList();
        if (printed.Count == 0) context.Output.Line(EventLine.Of(happened, context.Output.Times));
        var lead = $"{context.Output.Times.Clock(happened.At)}  {happened.Node}  | ";
        foreach (var line in printed) context.Output.Line(lead + line);
    }
}
