using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Yanks a release or a file.</summary>
internal sealed class YankCommand : CliCommand
{
    private readonly SelectionArguments _selection;
    private readonly Option<string?> _reason = new("--reason") { Description = "Why: installers show it", HelpName = "TEXT" };

    public YankCommand(CliHost host) : base(host, "yank", "Have installers leave out a release unless they are asked for exactly it")
    {
        _selection = new(this, mayBeWholeProject: false);
        Add(_reason);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var selection = _selection.Read(context);
        await context.Client.YankAsync(selection.Project, selection.Version, selection.File, context.Get(_reason), token);
        if (!context.Json) context.Output.Line($"Yanked {SelectionArguments.Describe(selection)}. Locks that have it still get it; 'wheelhouse packages unyank' takes it back.");
        return ExitCodes.Success;
    }
}

/// <summary>Takes yanking back.</summary>
internal sealed class UnyankCommand : CliCommand
{
    private readonly SelectionArguments _selection;

    public UnyankCommand(CliHost host) : base(host, "unyank", "Take the yanking of a release back") => _selection = new(this, mayBeWholeProject: false);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var selection = _selection.Read(context);
        await context.Client.UnyankAsync(selection.Project, selection.Version, selection.File, token);
        if (!context.Json) context.Output.Line($"{SelectionArguments.Describe(selection)} is not yanked any more.");
        return ExitCodes.Success;
    }
}
