using System.Text.Json;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Startup;

/// <summary>What <c>server.json</c> in the data directory says while a server runs on it.</summary>
/// <param name="Pid">The server's process id.</param>
/// <param name="Urls">The addresses that it listens on, with the real ports.</param>
/// <param name="PublicUrl">The address for people and nodes.</param>
/// <param name="Version">The server's version.</param>
public sealed record ServerFile(int Pid, IReadOnlyList<string> Urls, string PublicUrl, string Version)
{
    /// <summary>Reads it; null when no server runs on the directory (or one is just starting).</summary>
    public static async Task<ServerFile?> ReadAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        if (!File.Exists(data.ServerFile)) return null;
        return JsonSerializer.Deserialize<ServerFile>(await File.ReadAllTextAsync(data.ServerFile, cancellationToken), JsonSerializerOptions.Web);
    }

    /// <summary>Writes it in one piece.</summary>
    internal async Task WriteAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var temporary = data.ServerFile + ".new";
        await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(this, JsonSerializerOptions.Web), cancellationToken);
        File.Move(temporary, data.ServerFile, overwrite: true);
    }
}
