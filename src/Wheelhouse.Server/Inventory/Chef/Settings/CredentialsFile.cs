using Tomlyn;
using Tomlyn.Model;

namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>Chef's credentials file: TOML with a table for each profile (Chef documentation, "knife setup", "Knife profiles").</summary>
internal static class CredentialsFile
{
    /// <summary>Reads a profile.</summary>
    /// <exception cref="InventoryException">It is not TOML, has no such profile, or a setting is not text.</exception>
    public static ChefSettings Read(string path, string text, string profile)
    {
        TomlTable all;
        try
        {
            all = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException e)
        {
            // Not the parser's message: it quotes the file, which may hold a key.
            throw new InventoryException($"{path} is not TOML: line {e.Line ?? 1}, column {e.Column ?? 1} cannot be read.", "Correct it, or name a knife.rb, whose name ends in .rb.");
        }

        if (!all.TryGetValue(profile, out var found) || found is not TomlTable table)
        {
            var profiles = all.Where(entry => entry.Value is TomlTable).Select(entry => $"'{entry.Key}'").ToList();
            throw new InventoryException(
                $"{path} has no profile '{profile}'; {(profiles.Count == 0 ? "it has none" : $"there are {string.Join(", ", profiles)}")}.",
                $"Name one of them as 'profile', or add [{profile}] to the file.");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in table.Where(entry => ChefSettings.Names.Contains(entry.Key)))
            values[name] = value as string ?? throw new InventoryException($"{path}: {name} in [{profile}] is not text.", $"Write {name} = '…'.");
        return ChefSettings.From(path, values);
    }
}
