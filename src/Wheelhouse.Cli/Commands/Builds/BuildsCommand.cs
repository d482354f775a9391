using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Lists builds; holds the verbs about single ones.</summary>
internal sealed class BuildsCommand : CliCommand
{
    private readonly Argument<string?> _project = new("PROJECT") { Description = "Only builds of this project", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _state = new("--state") { Description = $"Only those in one of these: {string.Join(", ", BuildStates.All)}", HelpName = "STATE" };
    private readonly Option<int> _limit = PageLength.Option();

    public BuildsCommand(CliHost host) : base(host, "builds", "List builds, the newest first")
    {
        _state.AcceptOnlyFromAmong([.. BuildStates.All]);
        Add(_project);
        Add(_state);
        Add(_limit);
        Add(new BuildsFollowCommand(host));
        Add(new BuildsCancelCommand(host));
    }

    /// <summary>The argument that the verbs take.</summary>
    public static Argument<string> Build() => new("BUILD") { Description = "The build's id" };

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var builds = await context.Client.ListBuildsAsync(context.Get(_project), context.Get(_state), context.Get(_limit), before: null, token);
        if (context.Json)
        {
            context.Output.WriteJson(builds);
            return ExitCodes.Success;
        }

        if (builds.Count == 0)
        {
            if (context.Get(_project) is { } project) await context.Client.GetBuildProjectAsync(project, token);
            context.Output.Line(context.Get(_state) is { } state ? $"No build is {state}." : "There is no build yet.");
            return ExitCodes.Success;
        }

        var times = context.Output.Times;
        var table = Tables.New("Build", "Project", "Of", "Version", "State", "When", "By");
        foreach (var build in builds)
        {
            table.AddRow(
                new Text(build.Id), new Text(build.Project), new Text(Printable.Of(Of(build))), new Text(build.Version ?? ""), new Text(build.State, Style(build.State)),
                new Text(times.Ago(build.EndedAt ?? build.StartedAt ?? build.CreatedAt)), new Text(Printable.Of(build.By)));
        }

        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }

    private static string Of(BuildView build)
    {
        var name = build switch
        {
            { Trigger: BuildTriggers.WorkingTree } => "working tree",
            { Ref: { } given } when given == build.Commit => "",
            _ => build.Ref?.Split('/', 3) is ["refs", _, var rest] ? rest : build.Ref ?? "",
        };
        return $"{name} {build.Commit?[..7]}".Trim();
    }

    private static Style Style(string state) => state switch
    {
        BuildStates.Succeeded => Symbols.Good,
        BuildStates.Failed => Symbols.Bad,
        _ => Symbols.Calm,
    };
}
