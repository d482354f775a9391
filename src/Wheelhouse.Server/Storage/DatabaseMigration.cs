using Microsoft.EntityFrameworkCore;

namespace Wheelhouse.Server.Storage;

/// <summary>Brings the database to this program's schema before anything else starts.</summary>
internal sealed class DatabaseMigration(IDbContextFactory<WheelhouseContext> contexts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
