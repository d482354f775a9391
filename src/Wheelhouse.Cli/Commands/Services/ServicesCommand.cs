using System.Globalization;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Lists the services.</summary>
internal sealed class ServicesCommand : CliCommand
{
    public ServicesCommand(CliHost host) : base(host, "services", "List the services and their environments; delete one") => Add(new DeleteCommand(host));

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var services = await context.Client.ListServicesAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(services);
            return ExitCodes.Success;
        }
        if (services.Count == 0)
        {
            context.Output.Line("No services yet. Add one: wheelhouse apply -f services.yaml");
            return ExitCodes.Success;
        }
        var table = Tables.New("Service", "Package", "Revision", "Environments");
        foreach (var service in services)
        {
            var places = service.Environments.Select(place => $"{place.Name} {place.Version ?? "-"}{(place.Holds.Count > 0 ? " (held)" : "")}");
            table.AddRow(
                new Text(service.Name), new Text(service.Package), new Text(service.Revision.ToString(CultureInfo.InvariantCulture)),
                service.Errors.Count > 0 ? new Text("invalid", Symbols.Bad) : new Text(string.Join(", ", places)));
        }
        context.Output.Console.Write(table);
        foreach (var service in services.Where(service => service.Errors.Count > 0)) InvalidService.Write(context, service);
        return ExitCodes.Success;
    }
}
