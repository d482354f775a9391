using System.Globalization;
using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>The value of a host's variable.</summary>
/// <param name="Host">The host, for messages.</param>
/// <param name="Name">The variable, for messages.</param>
/// <param name="Text">Its value: text, or a number or flag as it is written.</param>
internal sealed record AnsibleVariable(string Host, string Name, string Text)
{
    /// <summary>The value as a port.</summary>
    /// <exception cref="InventoryException">It is none.</exception>
    public int Port => int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
        ? port
        : throw Wrong("is not a port", "Write a number from 1 to 65535.");

    /// <summary>The jump hosts in arguments of ssh; null when there are none.</summary>
    /// <exception cref="InventoryException">The way leads through a command.</exception>
    public string? Jump
    {
        get
        {
            var way = SshArguments.Parse(Text);
            return way.Command is null ? way.Jump : throw Wrong("has a ProxyCommand", "Write ProxyJump instead (-J or -o ProxyJump=…), or configure the host in ssh's configuration of the server.");
        }
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="InventoryException">It is not a single value, or only Ansible could tell what it will be.</exception>
    public static AnsibleVariable Read(string host, string name, JsonElement value)
    {
        var variable = new AnsibleVariable(host, name, "");
        return variable with { Text = variable.GetText(value) };
    }

    /// <summary>Reads a value for people to read: of a list, its values joined by commas.</summary>
    /// <exception cref="InventoryException">As <see cref="Read"/>.</exception>
    public static AnsibleVariable ReadList(string host, string name, JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? new AnsibleVariable(host, name, string.Join(',', value.EnumerateArray().Select(item => Read(host, name, item).Text)))
        : Read(host, name, value);

    /// <summary>The path of a private key that may be used, as Ansible's ssh connection finds it.</summary>
    /// <exception cref="InventoryException">It is relative, or may not be used.</exception>
    public string Key(InventoryFiles files)
    {
        var path = Text.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Text[2..])
            : Text;
        return Path.IsPathFullyQualified(path)
            ? files.Check(path)
            : throw Wrong($"is the relative path '{path}', which would depend on where ssh is started", "Write it from '/' or '~/' on.");
    }

    /// <summary>Says what is wrong with it.</summary>
    public InventoryException Wrong(string what, string fix) => new($"The variable {Name} of the host '{Host}' {what}.", fix);

    private string GetText(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("__ansible_vault", out _))
            throw Wrong("is encrypted by itself, and ansible-inventory does not decrypt it", "Encrypt the whole file instead (vault_password_file), or none of it.");
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw Wrong("is a list or a map, not a single value", "Name another variable, or correct it."),
        };
        return text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal)
            ? throw Wrong("is a template, which Ansible expands only when it runs a play", "Write the value itself into the inventory.")
            : text;
    }
}
