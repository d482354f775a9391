using System.CommandLine;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Deletes a service from the server, and tells what stays on its nodes.</summary>
internal sealed class DeleteCommand : CliCommand
{
    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Option<bool> _yes = new("--yes") { Description = "Delete it without asking" };

    public DeleteCommand(CliHost host) : base(host, "delete", "Delete a service; its nodes are not touched")
    {
        Add(_service);
        Add(_yes);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_service);
        var service = await context.Client.GetServiceAsync(name, token);
        if (!context.Json) Tell(context.Output, service);
        if (!context.Get(_yes) && !await Confirmation.AskAsync(context, $"Delete {name}?", "Pass --yes to delete it without being asked.", token))
            throw new CliException(ExitCodes.Refused, $"{name} was not deleted.");
        await context.Client.DeleteServiceAsync(name, token);
        if (context.Json) context.Output.WriteJson(service);
        else context.Output.Line($"Deleted {name}. Its history stays ('wheelhouse show {name} --revisions'); applying its document brings it back.");
        return ExitCodes.Success;
    }

    private static void Tell(Writer output, ServiceView service)
    {
        foreach (var place in service.Environments.Where(place => place.Nodes.Count > 0))
            output.Line($"{place.Name}: {place.Version ?? "no version"} on {Words.Names([.. place.Nodes.Select(node => node.Name)])}");
        output.Line("Deleting touches no node: what runs there goes on, and its releases stay below the service's root, for you to stop and remove.");
    }
}
