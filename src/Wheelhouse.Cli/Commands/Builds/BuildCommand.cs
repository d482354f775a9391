using System.CommandLine;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Publishing.Git;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Asks for a build and follows it.</summary>
internal sealed class BuildCommand : CliCommand
{
    private readonly Argument<string> _what = new("PROJECT|FOLDER")
    {
        Description = "The project's name on the index; or . (or another path) for a working tree, which is built and tested as it lies there and never published",
    };

    private readonly Option<string?> _ref = new("--ref") { Description = "The branch, the tag or the full hash of the commit; default is the default branch", HelpName = "REF" };
    private readonly Option<string?> _project = new("--project") { Description = "The project that a FOLDER is of; default is the name in its pyproject.toml", HelpName = "NAME" };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Print the build's id and do not wait for its end" };
    private readonly Option<bool> _cancelOnInterrupt = new("--cancel-on-interrupt") { Description = "Ctrl-C and SIGTERM cancel the build; else it goes on without this command" };

    public BuildCommand(CliHost host) : base(host, "build", "Test, build and publish a project, and print what happens; the exit code tells how it ended")
    {
        Add(_what);
        foreach (var option in (Option[])[_ref, _project, _noWait, _cancelOnInterrupt]) Add(option);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var build = IsFolder(context.Need(_what)) ? await SendAsync(context, token) : await AskAsync(context, token);
        if (!context.Get(_noWait)) return await new BuildFollower(context, new FollowOptions { CancelOnInterrupt = context.Get(_cancelOnInterrupt) }).FollowAsync(build);
        if (context.Json) context.Output.WriteJson(build);
        else context.Output.Line($"{build.Id}\n  follow it:  wheelhouse builds follow {build.Id}\n  cancel it:  wheelhouse builds cancel {build.Id}");
        return ExitCodes.Success;
    }

    /// <summary>No project's name begins with a dot or holds a slash (PEP 508).</summary>
    private static bool IsFolder(string what) => what.StartsWith('.') || what.Contains('/');

    private async Task<BuildView> AskAsync(CommandContext context, CancellationToken token)
    {
        if (context.Get(_project) is not null) throw new CliException(ExitCodes.Usage, "--project is for a folder.", "Name the project alone, or the folder: wheelhouse build . --project NAME");
        return await context.Client.RequestBuildAsync(context.Need(_what), new BuildRequest { Ref = context.Get(_ref) }, token);
    }

    private async Task<BuildView> SendAsync(CommandContext context, CancellationToken token)
    {
        var folder = Path.GetFullPath(context.Need(_what));
        if (context.Get(_ref) is not null) throw new CliException(ExitCodes.Usage, "--ref is for a project; a folder is built as it lies there.", "Leave out one of them.");
        if (!Directory.Exists(folder)) throw new CliException(ExitCodes.Usage, $"There is no folder {folder}.", "Name a folder of a working tree, or the project.");
        var project = context.Get(_project) ?? SourceProject.FindName(folder)
            ?? throw new CliException(ExitCodes.Usage, $"Nothing says which project {folder} is: no pyproject.toml with a name.", "Name it: --project NAME");
        try
        {
            using var tree = await WorkingTree.ReadAsync(folder, token);
            context.Output.Remark($"{project} at {tree.Commit[..7]}{(tree.IsChanged ? ", with what is not committed" : "")}: it is built and tested, and not published");
            return await SendAsync(context, project, tree, isWhole: false, token);
        }
        catch (GitException error)
        {
            throw new CliException(ExitCodes.Error, $"The working tree cannot be read: {error.Message}", null);
        }
    }

    /// <summary>Sends what the remotes of the working tree do not have, or, when the server knows none of these, all of it.</summary>
    private static async Task<BuildView> SendAsync(CommandContext context, string project, WorkingTree tree, bool isWhole, CancellationToken token)
    {
        try
        {
            await using var pack = await tree.PackAsync(isWhole, token);
            return await context.Client.BuildWorkingTreeAsync(project, tree.Commit, pack, token);
        }
        catch (WheelhouseApiException refusal) when (refusal.Problem.Code == ProblemCodes.MissingCommits && !isWhole)
        {
            return await SendAsync(context, project, tree, isWhole: true, token);
        }
    }
}
