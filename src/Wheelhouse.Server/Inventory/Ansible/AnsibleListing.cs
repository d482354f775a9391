using System.Text.Json;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>What <c>ansible-inventory --list</c> says: hosts with their variables, groups with hosts and groups in them.</summary>
internal sealed class AnsibleListing
{
    private static readonly string[] EveryHosts = ["all", "ungrouped"];

    private readonly Dictionary<string, Dictionary<string, JsonElement>> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _groupsOfHost = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _parents = new(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="InventoryException">It has another shape.</exception>
    public static AnsibleListing Parse(ReadOnlyMemory<byte> json)
    {
        var listing = new AnsibleListing();
        try
        {
            foreach (var entry in InventoryJson.Parse(json, Refuse).EnumerateObject())
            {
                if (entry.Name == "_meta") listing.ReadVariables(entry.Value.GetProperty("hostvars"));
                else listing.ReadGroup(entry);
            }

            return listing;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw Refuse("a value has another type, or is missing");
        }
    }

    private static InventoryException Refuse(string flaw) =>
        new($"'ansible-inventory --list' printed something other than an inventory: {flaw}.", "Try it on the server.");

    /// <summary>A host that the pattern named.</summary>
    /// <exception cref="InventoryException">It is not in the list.</exception>
    public AnsibleHost Find(string name)
    {
        if (!_variables.TryGetValue(name, out var variables) && !_groupsOfHost.ContainsKey(name))
            throw new InventoryException(
                $"Ansible's inventory has no host '{name}', though the pattern matches it: it is the implicit localhost, or the inventory just changed.",
                "Name hosts of the inventory, or try again.");
        return new AnsibleHost(name, variables ?? [], Groups(name));
    }

    private void ReadVariables(JsonElement hosts)
    {
        foreach (var host in hosts.EnumerateObject())
        {
            var variables = _variables[host.Name] = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var variable in host.Value.EnumerateObject()) variables[variable.Name] = variable.Value;
        }
    }

    private void ReadGroup(JsonProperty group)
    {
        Read("hosts", _groupsOfHost);
        Read("children", _parents);

        void Read(string key, Dictionary<string, List<string>> containers)
        {
            if (!group.Value.TryGetProperty(key, out var members)) return;
            foreach (var member in members.EnumerateArray())
            {
                var name = member.GetString() ?? throw Refuse($"a name under '{key}' is null");
                if (!containers.TryGetValue(name, out var known)) containers[name] = known = [];
                known.Add(group.Name);
            }
        }
    }

    /// <summary>The groups of a host and those around them, by name.</summary>
    private SortedSet<string> Groups(string host)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var open = new Queue<string>(_groupsOfHost.GetValueOrDefault(host) ?? []); open.TryDequeue(out var group);)
        {
            if (!found.Add(group)) continue;
            foreach (var parent in _parents.GetValueOrDefault(group) ?? []) open.Enqueue(parent);
        }

        found.ExceptWith(EveryHosts);
        return found;
    }
}
