using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Inventory.Exec;

/// <summary>The nodes are what a program on the server prints.</summary>
public sealed class ExecInventory(InventoryFiles files) : IInventoryProvider
{
    private const string Fix = "Run it on the server as the server's user, and correct it.";

    /// <inheritdoc/>
    public string Name => "exec";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ExecOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var command = ((ExecOptions)options).Command;
        var program = files.Check(command[0]);
        var start = new ProgramStart(program, [.. command.Skip(1)], Path.GetDirectoryName(program)!);
        var output = await InventoryPrograms.AskAsync(async () => (await ProgramRunner.RunAsync(start, cancellationToken)).Require(Fix));
        return new InventoryResult(PrintedNodes.Read(output, flaw => new InventoryException($"{program} printed what is no list of hosts: {flaw}.", Fix)));
    }
}
