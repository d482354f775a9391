using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Doctor;

namespace Wheelhouse.Cli.Commands.Nodes;

/// <summary>Checks everything that a deploy needs on every node.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();
    private readonly Option<bool> _all = new("--all") { Description = "Also list the checks that found nothing" };

    public DoctorCommand(CliHost host) : base(host, "doctor", "Check every node: connection, host key, Python, disk, access, service")
    {
        Add(_service);
        Add(_environment);
        Add(_all);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var findings = new List<DoctorFinding>();
        await foreach (var finding in context.Client.DiagnoseAsync(context.Need(_service), context.Need(_environment), token))
        {
            findings.Add(finding);
            if (context.Json) context.Output.WriteJsonLine(finding);
        }
        if (!context.Json) Tell(context, findings);
        return findings.Exists(finding => finding.Status == "failed") ? ExitCodes.Error : ExitCodes.Success;
    }

    private void Tell(CommandContext context, List<DoctorFinding> findings)
    {
        var console = context.Output.Console;
        var symbols = new Symbols(console.Profile.Capabilities.Unicode);
        foreach (var node in findings.GroupBy(finding => finding.Node))
        {
            var fine = node.Count(finding => finding.Status == "ok");
            var (symbol, style) = Look(Worst(node), symbols);
            console.Write(new Paragraph($"{symbol} {node.Key ?? "server"}", style).Append($"  {Words.Of(fine, node.Count(), "check")} ok", Symbols.Calm));
            console.WriteLine();
            foreach (var finding in node.Where(finding => context.Get(_all) || finding.Status is not "ok")) Tell(console, finding, symbols);
        }
        var failed = findings.Count(finding => finding.Status == "failed");
        context.Output.Line(failed == 0 ? "Ready to deploy." : $"{Words.Count(failed, "check")} failed.");
    }

    private static void Tell(IAnsiConsole console, DoctorFinding finding, Symbols symbols)
    {
        var (symbol, style) = Look(finding.Status, symbols);
        console.Write(new Paragraph($"    {symbol} {finding.Check}", style).Append($"  {Printable.Of(finding.Message)}"));
        console.WriteLine();
        if (finding.Fix is null) return;
        console.Write(new Text($"      fix: {Printable.Of(finding.Fix)}"));
        console.WriteLine();
    }

    private static string Worst(IEnumerable<DoctorFinding> findings) =>
        findings.Select(finding => finding.Status).MaxBy(status => status switch { "failed" => 3, "warning" => 2, "skipped" => 1, _ => 0 })!;

    private static (string Symbol, Style Style) Look(string status, Symbols symbols) => status switch
    {
        "ok" => (symbols.Check, Symbols.Good),
        "warning" => ("!", Symbols.Warn),
        "failed" => (symbols.Cross, Symbols.Bad),
        _ => (symbols.Ring, Symbols.Calm),
    };
}
