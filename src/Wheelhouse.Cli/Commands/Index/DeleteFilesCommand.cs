using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Deletes files of the index for ever.</summary>
internal sealed class DeleteFilesCommand : CliCommand
{
    private readonly SelectionArguments _selection;
    private readonly Option<string?> _reason = new("--reason") { Description = "Why: kept in the audit log", HelpName = "TEXT" };
    private readonly Option<bool> _force = new("--force") { Description = "Delete also what a release needs that runs or can be reverted to; needs --reason" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Delete without asking" };

    public DeleteFilesCommand(CliHost host) : base(host, "delete", "Delete a project, a release or a file for ever; names of files are never free again")
    {
        _selection = new(this, mayBeWholeProject: true);
        foreach (var option in (Option[])[_reason, _force, _yes]) Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_force) is { Implicit: false } && result.GetResult(_reason) is null) result.AddError("--force needs --reason.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var selection = _selection.Read(context);
        var what = SelectionArguments.Describe(selection);
        if (!context.Get(_yes) && !await Confirmation.AskAsync(context, $"Delete {what} for ever? Yanking can be taken back, this cannot.", "Pass --yes to delete without being asked.", token))
            throw new CliException(ExitCodes.Refused, $"Nothing was deleted of {what}.");
        var deleted = await context.Client.DeleteFilesAsync(selection.Project, selection.Version, selection.File, context.Get(_reason), context.Get(_force), token);
        if (context.Json) context.Output.WriteJson(deleted);
        else foreach (var file in deleted.Files) context.Output.Line($"Deleted {file}.");
        return ExitCodes.Success;
    }
}
