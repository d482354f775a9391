using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Pushes the button.</summary>
internal sealed class DeployCommand : RolloutCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();
    private readonly Argument<string?> _version = RolloutArguments.Version("the newest final release");

    public DeployCommand(CliHost host) : base(host, "deploy", "Bring a version to every node of an environment, and follow it")
    {
        Add(_service);
        Add(_environment);
        Add(_version);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) =>
        RollOutAsync(context, context.Need(_service), context.Need(_environment), new RolloutRequest { Version = context.Get(_version) }, token);
}
