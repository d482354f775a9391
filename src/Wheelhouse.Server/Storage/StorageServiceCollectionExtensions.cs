using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Storage;

/// <summary>Registers the database.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the SQLite database <c>wheelhouse.db</c> in the data directory.</summary>
    /// <param name="services">The services.</param>
    /// <param name="data">The data directory.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton(data);
        services.AddPooledDbContextFactory<WheelhouseContext>(options => options
            .UseSqlite($"Data Source={data.Database};Pooling=True")
            .AddInterceptors(new SqliteConnectionSetup()));
        services.AddHostedService<DatabaseMigration>();
        services.AddSingleton<DatabaseWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseWriter>());
        services.AddMetrics().AddHostedService<StorageMetrics>();
        services.AddSingleton<RetentionService>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionService>());
        return services;
    }
}
