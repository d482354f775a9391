namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>
/// Any inventory that Ansible reads, read by Ansible itself: <c>ansible-inventory --list</c> says what is known of the hosts, <c>ansible --list-hosts</c>
/// which of them a pattern means and in which order (<c>ansible-inventory --limit</c> exists since 2.15 only, and keeps no order).
/// </summary>
/// <remarks>https://docs.ansible.com/ansible/latest/inventory_guide/</remarks>
public sealed class AnsibleInventory(InventoryFiles files) : IInventoryProvider
{
    /// <inheritdoc/>
    public string Name => "ansible";

    /// <inheritdoc/>
    public Type OptionsType => typeof(AnsibleOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var query = (AnsibleOptions)options;
        using var commands = new AnsibleCommands(query, files);
        var listing = commands.ListAsync(cancellationToken);
        var matching = commands.MatchAsync(cancellationToken);
        await Task.WhenAll(listing, matching);
        var known = AnsibleListing.Parse(await listing);
        return new InventoryResult([.. AnsibleMatches.Parse(await matching).Select(name => known.Find(name).ToNode(query.Labels, files))]);
    }
}
