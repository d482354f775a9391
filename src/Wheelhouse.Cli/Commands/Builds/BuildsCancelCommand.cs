using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Ends a build.</summary>
internal sealed class BuildsCancelCommand : CliCommand
{
    private readonly Argument<string> _build = BuildsCommand.Build();

    public BuildsCancelCommand(CliHost host) : base(host, "cancel", "End a build within seconds; what it has published stays") => Add(_build);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var build = await context.Client.CancelBuildAsync(context.Need(_build), token);
        if (context.Json) context.Output.WriteJson(build);
        else context.Output.Line($"Asked for the end of {build.Id}.");
        return ExitCodes.Success;
    }
}
