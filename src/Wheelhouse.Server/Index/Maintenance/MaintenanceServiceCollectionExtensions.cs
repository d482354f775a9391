using Wheelhouse.Server.Index.Maintenance.Export;
using Wheelhouse.Server.Index.Maintenance.Import;
using Wheelhouse.Server.Index.Maintenance.Repair;
using Wheelhouse.Server.Index.Maintenance.Verification;

namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>Registers the upkeep of the index.</summary>
internal static class MaintenanceServiceCollectionExtensions
{
    public static IServiceCollection AddIndexMaintenance(this IServiceCollection services) => services
        .AddSingleton<IndexRows>().AddSingleton<BytesCheck>().AddSingleton<StoreCheck>().AddSingleton<IndexVerifier>()
        .AddSingleton<GoodBytes>().AddSingleton<RowRepair>().AddSingleton<IndexRepairer>()
        .AddSingleton<IndexExporter>()
        .AddSingleton<FileImporter>().AddSingleton<HistoryImporter>().AddSingleton<IndexImporter>();
}
