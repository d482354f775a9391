using System.CommandLine;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Nodes;

/// <summary>Re-reads the fencing epochs of the nodes.</summary>
internal sealed class FenceResetCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();

    public FenceResetCommand(CliHost host) : base(host, "fence-reset", "After restoring an older database: learn the fencing epochs from the nodes")
    {
        Add(_service);
        Add(_environment);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        await context.Client.ResetFenceAsync(context.Need(_service), context.Need(_environment), token);
        if (!context.Json) context.Output.Line("The fencing epochs were read from the nodes; rollouts are accepted again.");
        return ExitCodes.Success;
    }
}
