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
    private readonly Option<long> _after = new("--after") { Description = "Only rows after this one", HelpName = "ID" };

    public AuditCommand(CliHost host) : base(host, "audit", "Who changed what, the oldest first") => Add(_after);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var rows = await context.Client.ListAuditAsync(context.Get(_after), token);
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
