using System.CommandLine;
using System.CommandLine.Help;
using Wheelhouse.Cli.Commands.Access;
using Wheelhouse.Cli.Commands.Builds;
using Wheelhouse.Cli.Commands.Delivery;
using Wheelhouse.Cli.Commands.Holds;
using Wheelhouse.Cli.Commands.Index;
using Wheelhouse.Cli.Commands.Inventory;
using Wheelhouse.Cli.Commands.Nodes;
using Wheelhouse.Cli.Commands.Notifications;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Commands.Secrets;
using Wheelhouse.Cli.Commands.Services;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Every verb, in the groups in which the help shows them.</summary>
internal static class CommandTree
{
    public const string Description = "Deploy Python services by one push, and revert them by another.";

    /// <summary>The verbs by group.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<Command> Commands)> Groups(CliHost host) =>
    [
        ("Push the button", [
            new PlanCommand(host), new DeployCommand(host), new RevertCommand(host), new ConvergeCommand(host),
            new CancelCommand(host), new ResumeCommand(host)]),
        ("Hold back", [
            new HoldCommand(host), new UnholdCommand(host), new HoldsCommand(host)]),
        ("See what is", [
            new StatusCommand(host), new FollowCommand(host), new HistoryCommand(host), new LogsCommand(host),
            new DeliveryCommand(host), new UndeployedCommand(host)]),
        ("Describe services", [
            new ApplyCommand(host), new ServicesCommand(host), new ShowCommand(host)]),
        ("Tell others", [
            new ChannelsCommand(host), new SecretsCommand(host)]),
        ("Look after nodes", [
            new NodesCommand(host), new InventoryCommand(host), new DoctorCommand(host)]),
        ("Fill the index", [
            new BuildCommand(host), new BuildsCommand(host), new ProjectsCommand(host), new PublishCommand(host), new PackagesCommand(host)]),
        ("Log in, and let others in", [
            new LoginCommand(host), new LogoutCommand(host), new WhoAmICommand(host), new OpenCommand(host),
            new UsersCommand(host), new TokensCommand(host), new AuditCommand(host)]),
    ];

    /// <summary>The whole command line.</summary>
    public static RootCommand Create(CliHost host)
    {
        var root = new RootCommand(Description);
        root.Add(GlobalOptions.Server);
        root.Add(GlobalOptions.Json);
        root.Add(GlobalOptions.NoColor);
        foreach (var command in Groups(host).SelectMany(group => group.Commands)) root.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new GroupedHelp((HelpAction)help.Action!, host);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }
}
