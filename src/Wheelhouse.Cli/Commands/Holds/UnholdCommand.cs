using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Holds;

/// <summary>Lifts a hold.</summary>
internal sealed class UnholdCommand : CliCommand
{
    private readonly HoldPlace _place;

    public UnholdCommand(CliHost host) : base(host, "unhold", "Lift a hold, named as it was placed") => _place = new HoldPlace(this);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var (service, environment) = _place.Read(context);
        await context.Client.LiftHoldAsync(service, environment, token);
        if (!context.Json) context.Output.Line($"The hold on {HoldPlace.Describe(service, environment)} is lifted.");
        return ExitCodes.Success;
    }
}
