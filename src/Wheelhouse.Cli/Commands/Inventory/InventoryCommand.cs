using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Inventory;

/// <summary>What has to do with inventories.</summary>
internal sealed class InventoryCommand : CliCommand
{
    public InventoryCommand(CliHost host) : base(host, "inventory", "See what the inventories answer now") => Add(new InventoryTestCommand(host));

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) =>
        throw new CliException(ExitCodes.Usage, "What about the inventories?", "Write: wheelhouse inventory test SERVICE ENV");
}
