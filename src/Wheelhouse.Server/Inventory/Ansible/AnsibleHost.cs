using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>A host of an inventory, with the variables that Ansible's ssh connection knows; of two names for the same the ssh one wins, as in Ansible.</summary>
/// <remarks>https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ssh_connection.html</remarks>
/// <param name="Name">Its <c>inventory_hostname</c>.</param>
/// <param name="Variables">Their values by name.</param>
/// <param name="Groups">Its groups by name, without <c>all</c> and <c>ungrouped</c>.</param>
internal sealed record AnsibleHost(string Name, IReadOnlyDictionary<string, JsonElement> Variables, IReadOnlyCollection<string> Groups)
{
    /// <summary>The label with the groups, joined by commas.</summary>
    public const string GroupsLabel = "groups";

    private static readonly string[] OverSsh = ["ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh", "ansible.builtin.paramiko_ssh"];
    private static readonly string[] SshArguments = ["ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args"];

    /// <summary>The node.</summary>
    /// <exception cref="InventoryException">A variable cannot be honoured.</exception>
    public InventoryNode ToNode(IReadOnlyDictionary<string, string> labels, InventoryFiles files)
    {
        if (Read("ansible_connection") is { } connection && !OverSsh.Contains(connection.Text, StringComparer.Ordinal))
            throw connection.Wrong($"is '{connection.Text}', but nodes are reached over ssh only", "Leave the host out by the pattern, such as 'all:!localhost'.");
        return new InventoryNode(
            Name,
            (Read("ansible_ssh_host") ?? Read("ansible_host"))?.Text ?? Name,
            (Read("ansible_ssh_user") ?? Read("ansible_user"))?.Text,
            (Read("ansible_ssh_port") ?? Read("ansible_port"))?.Port,
            SshArguments.Select(name => Read(name)?.Jump).FirstOrDefault(jump => jump is not null),
            Labels(labels))
        {
            IdentityFile = (Read("ansible_ssh_private_key_file") ?? Read("ansible_private_key_file"))?.Key(files),
        };
    }

    private Dictionary<string, string> Labels(IReadOnlyDictionary<string, string> wanted)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, name) in wanted)
        {
            if (Find(name) is { } value) labels[label] = AnsibleVariable.ReadList(Name, name, value).Text;
        }

        if (Groups.Count > 0) labels[GroupsLabel] = string.Join(',', Groups);
        return labels;
    }

    private AnsibleVariable? Read(string name) => Find(name) is { } value ? AnsibleVariable.Read(Name, name, value) : null;

    /// <summary>The value of a variable; null when the host has none of the name, or its value is null.</summary>
    private JsonElement? Find(string name) => Variables.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
