using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Projects;
using Wheelhouse.Server.Index.Simple;
using Wheelhouse.Server.Index.Uploads;

namespace Wheelhouse.Server.Index;

/// <summary>Registers the index.</summary>
public static class IndexServiceCollectionExtensions
{
    /// <summary>Adds the index with its files in the data directory.</summary>
    public static IServiceCollection AddIndex(this IServiceCollection services)
    {
        services.AddOptions<IndexOptions>();
        services.AddSingleton<LocalFileStore>();
        services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<LocalFileStore>());
        services.AddHostedService(provider => provider.GetRequiredService<LocalFileStore>());
        services.AddSingleton<IndexQueries>();
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<SimplePages>();
        services.AddSingleton<SimplePageCache>();
        return services;
    }
}
