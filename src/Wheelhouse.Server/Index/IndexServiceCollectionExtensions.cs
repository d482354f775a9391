using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Downloads;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Measured;
using Wheelhouse.Server.Index.Projects;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Index.Simple;
using Wheelhouse.Server.Index.Uploads;
using Wheelhouse.Server.Index.Upstreams;

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
        services.AddSingleton<ProjectCatalog>().AddSingleton<ReleaseReader>().AddSingleton<StoredMetadata>();
        services.AddSingleton<UploadReader>().AddSingleton<UploadChecker>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<SimplePages>().AddSingleton<FileFinder>();
        services.AddSingleton<StoreTurns>().AddSingleton<UnusedBytes>().AddSingleton<Curator>().AddSingleton<FileRemover>();
        services.AddSingleton<IndexGenerations>().AddSingleton<IndexChanges>().AddSingleton<ReadyCache>();
        services.AddMetrics().AddSingleton<IndexRequests>().AddHostedService<IndexMetrics>();
        services.AddUpstreams().AddIndexMaintenance();
        return services;
    }

    /// <summary>Counts the requests to the index, and answers from memory what is ready there. Call it before everything that takes time, and after what sets headers of every answer.</summary>
    public static IApplicationBuilder UseReadyAnswers(this IApplicationBuilder app) => app.UseMiddleware<CountedRequests>().UseMiddleware<ReadyAnswers>();
}
