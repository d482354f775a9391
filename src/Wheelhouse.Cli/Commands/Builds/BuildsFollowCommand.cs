using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Prints what a build did and does.</summary>
internal sealed class BuildsFollowCommand : CliCommand
{
    private readonly Argument<string> _build = BuildsCommand.Build();

    public BuildsFollowCommand(CliHost host) : base(host, "follow", "Print everything a build printed, up to its end; the exit code is the one of build") => Add(_build);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token) =>
        await new BuildFollower(context, new FollowOptions()).FollowAsync(await context.Client.GetBuildAsync(context.Need(_build), token));
}
