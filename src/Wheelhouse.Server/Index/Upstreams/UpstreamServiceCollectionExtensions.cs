using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Index.Upstreams.Pages;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Registers the upstreams of the index.</summary>
internal static class UpstreamServiceCollectionExtensions
{
    public static IServiceCollection AddUpstreams(this IServiceCollection services)
    {
        services.AddOptions<UpstreamsOptions>();
        services.AddSingleton<UpstreamPolicy>().AddSingleton<LocalNames>().AddSingleton(typeof(SharedWork<>));
        services.AddSingleton<PageChecks>().AddSingleton<PageRefresh>().AddSingleton<UpstreamPages>().AddSingleton<Offer>().AddSingleton<UpstreamListing>();
        services.AddSingleton<FileFetcher>().AddSingleton<UpstreamFiles>().AddSingleton<UpstreamQueries>().AddSingleton<Installable>();
        return services;
    }
}
