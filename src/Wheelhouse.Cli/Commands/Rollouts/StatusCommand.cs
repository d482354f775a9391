using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Tells what runs where, and how ready the way back is.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "Only this service", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _environment = new("ENV") { Description = "Only this environment, with its nodes", Arity = ArgumentArity.ZeroOrOne };

    public StatusCommand(CliHost host) : base(host, "status", "What runs where, since when, by whom, and how ready a revert is")
    {
        Add(_service);
        Add(_environment);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        if (context.Get(_service) is not { } name)
        {
            var all = await context.Client.ListServicesAsync(token);
            if (context.Json) context.Output.WriteJson(all);
            else if (all.Count == 0) context.Output.Line("No services yet. Add one: wheelhouse apply -f services.yaml");
            foreach (var service in context.Json ? [] : all) Write(context, service, service.Environments, withNodes: false);
            return ExitCodes.Success;
        }
        if (context.Get(_environment) is { } wanted)
        {
            var place = await Places.FindAsync(context, name, wanted, token);
            if (context.Json) context.Output.WriteJson(place);
            else Write(context, await context.Client.GetServiceAsync(name, token), [place], withNodes: true);
            return ExitCodes.Success;
        }
        var one = await context.Client.GetServiceAsync(name, token);
        if (context.Json) context.Output.WriteJson(one);
        else Write(context, one, one.Environments, withNodes: true);
        return ExitCodes.Success;
    }

    private static void Write(CommandContext context, ServiceView service, IReadOnlyList<EnvironmentView> places, bool withNodes)
    {
        var console = context.Output.Console;
        var symbols = new Symbols(console.Profile.Capabilities.Unicode);
        console.Write(new Paragraph(service.Name, new Style(decoration: Decoration.Bold)).Append($"  {service.Package}", Symbols.Calm));
        console.WriteLine();
        if (service.Errors.Count > 0) InvalidService.Write(context, service);
        var width = places.Count == 0 ? 0 : places.Max(place => place.Name.Length);
        foreach (var place in places)
        {
            console.Write(StatusLines.Now(place, width, context.Output.Times, symbols));
            console.WriteLine();
            foreach (var (text, style) in StatusLines.More(place, context.Output.Times))
            {
                console.Write(new Text($"{new string(' ', width + 6)}{text}", style));
                console.WriteLine();
            }
            if (withNodes && place.Nodes.Count > 0) console.Write(NodeStateTable.Draw(place.Nodes, context.Output.Times, symbols));
        }
        console.WriteLine();
    }
}
