using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Doctor;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary>A server that is put together but does not run, for work on its data directory: either alone on it, or reading beside a server that may run.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly WebApplication _parts;
    private readonly DataDirectoryLock? _lock;
    private DatabaseWriter? _writer;

    private Workshop(ServerSettings settings, DataDirectory data, DataDirectoryLock? held)
    {
        (_parts, _lock) = (Program.Build(settings, TextWriter.Null), held);
        IsLive = held is null && data.IsHeld();
    }

    /// <summary>Who works here, as the audit log names them: people on the server's machine need no account.</summary>
    public static string Person => $"console/{Environment.UserName}";

    /// <summary>Whether a server runs on the data directory meanwhile.</summary>
    public bool IsLive { get; }

    /// <summary>A part of the server.</summary>
    public T Get<T>() where T : notnull => _parts.Services.GetRequiredService<T>();

    /// <summary>Opens a data directory to read what is there; a server may run on it.</summary>
    /// <exception cref="DataDirectoryException">It holds no index, or one of another version.</exception>
    public static async Task<Workshop> OpenToReadAsync(ServerSettings settings, CancellationToken token)
    {
        var data = DataOf(settings);
        RequireIndex(data);
        var workshop = new Workshop(settings, data, held: null);
        await using var context = await workshop.Get<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(token);
        if (!(await context.Database.GetPendingMigrationsAsync(token)).Any()) return workshop;
        await workshop.DisposeAsync();
        throw new DataDirectoryException($"The database in {data.Root} is of an earlier version of Wheelhouse. Fix: start a server of this version on it once.");
    }

    /// <summary>Opens a data directory to change it; no server may run on it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="mayBeNew">Whether it is made when it is not there.</param>
    /// <param name="token">Ends the start.</param>
    /// <exception cref="DataDirectoryException">It holds no index, a server runs on it, it belongs to somebody else, or it cannot be written.</exception>
    public static async Task<Workshop> OpenAloneAsync(ServerSettings settings, bool mayBeNew, CancellationToken token)
    {
        var data = DataOf(settings);
        if (!mayBeNew) RequireIndex(data);
        if (data.IsHeld()) throw new DataDirectoryException($"A server runs on the data directory {data.Root}, and nothing else may change it meanwhile. Fix: stop the server, run this again, and start the server.");
        await RefuseForeignAsync(data, token);
        var held = data.Open();
        var workshop = new Workshop(settings, data, held);
        await ActivatorUtilities.CreateInstance<DatabaseMigration>(workshop._parts.Services).StartAsync(token);
        await (workshop._writer = workshop.Get<DatabaseWriter>()).StartAsync(token);
        return workshop;
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.StopAsync(CancellationToken.None);
        await _parts.DisposeAsync();
        _lock?.Dispose();
    }

    private static DataDirectory DataOf(ServerSettings settings) => new(Path.GetFullPath(settings.Get<ServerOptions>().Data));

    private static void RequireIndex(DataDirectory data)
    {
        if (!File.Exists(data.Database)) throw new DataDirectoryException($"There is no index in {data.Root}: it has no {Path.GetFileName(data.Database)}. Fix: name the server's data directory with --data.");
    }

    /// <summary>What another user than the server's writes here, the server could not change any more.</summary>
    private static async Task RefuseForeignAsync(DataDirectory data, CancellationToken token)
    {
        if (!Directory.Exists(data.Root)) return;
        if (await FileOwners.FindAsync([data.Root, "/proc/self/"], token) is [var owner, var self] && owner != self)
            throw new DataDirectoryException($"The data directory {data.Root} belongs to user {owner}, and you are user {self}: the server could not change what you write. Fix: run this as its owner: sudo -u '#{owner}' …");
    }
}
