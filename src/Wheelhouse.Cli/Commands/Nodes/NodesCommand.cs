using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Nodes;

/// <summary>Lists the nodes of an environment.</summary>
internal sealed class NodesCommand : CliCommand
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "The service's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _environment = new("ENV") { Description = "The environment's name", Arity = ArgumentArity.ZeroOrOne };

    public NodesCommand(CliHost host) : base(host, "nodes", "List the nodes of an environment; trust their host keys")
    {
        Add(_service);
        Add(_environment);
        Add(new TrustCommand(host));
        Add(new FenceResetCommand(host));
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        if (context.Get(_service) is not { } service || context.Get(_environment) is not { } environment)
        {
            throw new CliException(ExitCodes.Usage, "Which nodes?", "Name the service and the environment: wheelhouse nodes SERVICE ENV");
        }
        var place = await Places.FindAsync(context, service, environment, token);
        if (context.Json)
        {
            context.Output.WriteJson(place.Nodes);
        }
        else if (place.Nodes.Count == 0)
        {
            context.Output.Line("No nodes are known yet; they are looked up at the first plan or deploy.");
        }
        else
        {
            var console = context.Output.Console;
            console.Write(NodeStateTable.Draw(place.Nodes, context.Output.Times, new Symbols(console.Profile.Capabilities.Unicode)));
        }
        return ExitCodes.Success;
    }
}
