using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Lists who changed what.</summary>
internal sealed class AuditCommand : CliCommand
{
    private readonly Option<long?> _before = new("--before") { Description = "Only rows before this one", HelpName = "ID" };
    private readonly Option<long?> _after = new("--after") { Description = "Only rows after this one, the oldest first", HelpName = "ID" };

    public AuditCommand(CliHost host) : base(host, "audit", "Who changed what, the newest first")
    {
        Add(_before);
        Add(_after);
        Validators.Add(result =>
        {
            if (result.GetValue(_before) is not null && result.GetValue(_after) is not null) result.AddError("--before and --after exclude each other: give one of them.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var rows = context.Get(_after) is { } after
            ? await context.Client.ListAuditAsync(after, token)
            : await context.Client.ListNewestAuditAsync(context.Get(_before), token);
        if (context.Json)
        {
            context.Output.WriteJson(rows);
            return ExitCodes.Success;
        }
        var table = Tables.New("Id", "When", "Who", "What", "On", "");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Id.ToString(CultureInfo.InvariantCulture), Symbols.Calm), new Text(context.Output.Times.Moment(row.At)),
                new Text(row.By), new Text(row.Action), new Text(row.Subject), new Text(Printable.Of(row.Detail), Symbols.Calm));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
