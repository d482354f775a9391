using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services;

/// <summary>Registers the services, in the sense of what is deployed.</summary>
public static class ServicesServiceCollectionExtensions
{
    /// <summary>Adds reading, applying and deleting service documents. Needs the inventory and the health checks.</summary>
    public static IServiceCollection AddServiceCatalog(this IServiceCollection services) => services
        .AddSingleton<ServiceDocumentParser>()
        .AddSingleton<ServiceCatalog>()
        .AddSingleton<ServiceQueries>()
        .AddSingleton<ServiceWriter>();
}
