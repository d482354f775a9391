using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Brings new and drifted nodes up to date.</summary>
internal sealed class ConvergeCommand : RolloutCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();

    public ConvergeCommand(CliHost host) : base(host, "converge", "Bring new and drifted nodes to the version that is current")
    {
        Add(_service);
        Add(_environment);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) =>
        RollOutAsync(context, context.Need(_service), context.Need(_environment), new RolloutRequest { Kind = RolloutKinds.Converge }, token);
}
