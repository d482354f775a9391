using System.Text.Json;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Settings;

/// <summary>What <c>wheelhouse login</c> saved.</summary>
/// <param name="Server">The server's URL.</param>
/// <param name="Token">The token for it.</param>
internal sealed record SavedLogin(string Server, string Token);

/// <summary>The file that keeps the login: <c>wheelhouse/config.json</c> in the XDG configuration folder, readable by its owner only.</summary>
/// <param name="path">Where it is.</param>
internal sealed class ConfigFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = path;

    /// <summary>The file of the person who runs the command.</summary>
    public static ConfigFile Of(CliHost host)
    {
        var folder = host.Variable("XDG_CONFIG_HOME")
            ?? System.IO.Path.Combine(host.Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return new ConfigFile(System.IO.Path.Combine(folder, "wheelhouse", "config.json"));
    }

    /// <summary>The login; null when there is none.</summary>
    /// <exception cref="CliException">The file cannot be understood.</exception>
    public SavedLogin? Read()
    {
        if (!File.Exists(Path)) return null;
        try
        {
            return JsonSerializer.Deserialize<SavedLogin>(File.ReadAllText(Path), Writer.JsonBlock);
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Error, $"{Path} is damaged.", "Log in again: wheelhouse logout, then wheelhouse login URL");
        }
    }

    /// <summary>Saves the login: whole or not at all, and never readable by others, not even for a moment.</summary>
    public void Write(SavedLogin login)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder); // A profile's folder is private there already
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var draft = System.IO.Path.Combine(folder, $".config-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, login, Writer.JsonBlock);
        }
        File.Move(draft, Path, overwrite: true);
    }

    /// <summary>Forgets the login.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete()
    {
        if (!File.Exists(Path)) return false;
        File.Delete(Path);
        return true;
    }
}
