using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Inventory;

namespace Wheelhouse.Cli.Commands.Inventory;

/// <summary>Asks inventories as a rollout would, of what is applied or of a file.</summary>
internal sealed class InventoryTestCommand : CliCommand
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "The service's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _environment = new("ENV") { Description = "The environment's name; all of them when it is left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _file = new("--file", "-f") { Description = "A YAML document that need not be applied; - reads standard input", HelpName = "FILE" };

    public InventoryTestCommand(CliHost host) : base(host, "test", "Ask for the nodes as a rollout would, and show the answer; nothing is changed")
    {
        Add(_service);
        Add(_environment);
        Add(_file);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var (service, environment) = (context.Get(_service), context.Get(_environment));
        if (context.Get(_file) is { } path)
        {
            return await DocumentFile.UseAsync(context, path, async file =>
            {
                var all = await context.Client.TestInventoryAsync(file.Yaml, token);
                var tests = all.Where(test => (service is null || test.Service == service) && (environment is null || test.Environment == environment)).ToList();
                if (tests.Count == 0)
                    throw new CliException(ExitCodes.Usage, $"{file.Name} has no such environment.", $"It has {string.Join(", ", all.Select(test => $"{test.Service} {test.Environment}"))}.");
                return Tell(context, tests);
            }, token);
        }

        if (service is null) throw new CliException(ExitCodes.Usage, "Which inventory?", "Name the service: wheelhouse inventory test SERVICE ENV, or a file with -f.");
        var environments = environment is not null ? [environment] : (await context.Client.GetServiceAsync(service, token)).Environments.Select(one => one.Name).ToList();
        return Tell(context, [.. await Task.WhenAll(environments.Select(name => context.Client.TestInventoryAsync(service, name, token)))]);
    }

    private static int Tell(CommandContext context, List<InventoryTestView> tests)
    {
        if (context.Json)
        {
            context.Output.WriteJson(tests);
        }
        else
        {
            foreach (var test in tests) Tell(context, test);
        }

        return tests.Exists(test => test.Problem is not null) ? ExitCodes.Error : ExitCodes.Success;
    }

    private static void Tell(CommandContext context, InventoryTestView test)
    {
        var console = context.Output.Console;
        var symbols = new Symbols(console.Profile.Capabilities.Unicode);
        var (symbol, style) = test.Problem is null ? (symbols.Check, Symbols.Good) : (symbols.Cross, Symbols.Bad);
        var parts = string.Join(", ", test.Parts.Select(part => $"{part.Inventory}: {part.Nodes} in {Times.Brief(TimeSpan.FromSeconds(part.Seconds))}"));
        console.Write(new Paragraph($"{symbol} {test.Service} {test.Environment}", style)
            .Append(test.Nodes.Count == 0 ? "" : $"  {Words.Count(test.Nodes.Count, "node")}").Append(parts.Length == 0 ? "" : $"  ({parts})", Symbols.Calm));
        console.WriteLine();
        if (test.Nodes.Count > 0) console.Write(Draw(test));
        foreach (var (names, what) in new[] { (test.New, "new"), (test.Gone, "gone") })
        {
            if (names.Count == 0) continue;
            var lead = $"since the last rollout {context.Output.Times.Ago(test.ComparedWith!.Value)}: ";
            console.Write(Tables.Indented(lead, $"{string.Join(", ", names.Select(Printable.Of))} {(names.Count == 1 ? "is" : "are")} {what}", Symbols.Warn));
        }

        if (test.Problem is null) return;
        console.Write(Tables.Indented("", Printable.Of(test.Problem), Symbols.Bad));
        if (test.Fix is not null) console.Write(Tables.Indented("fix: ", Printable.Of(test.Fix), Style.Plain));
    }

    private static Grid Draw(InventoryTestView test)
    {
        var table = Tables.New("  Node", "Address", "Login", "Labels");
        foreach (var node in test.Nodes)
        {
            table.AddRow(
                new Text($"  {Printable.Of(node.Name)}"),
                new Text($"{Printable.Of(node.Address)}{(node.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "")}"),
                new Text(Login(node)),
                new Text(string.Join(" ", node.Labels.Select(label => $"{Printable.Of(label.Key)}={Printable.Of(label.Value)}")), Symbols.Calm));
        }

        return table;
    }

    /// <summary>What the node says of the login; the rest is up to ssh's configuration.</summary>
    private static string Login(FoundNodeView node)
    {
        string?[] parts = [node.User, node.Jump is null ? null : $"by {node.Jump}", node.IdentityFile is null ? null : $"with {node.IdentityFile}"];
        var login = string.Join(' ', parts.OfType<string>());
        return login.Length == 0 ? "-" : Printable.Of(login);
    }
}
