using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Events;

/// <summary>Registers the event log.</summary>
public static class EventsServiceCollectionExtensions
{
    /// <summary>Adds writing, reading and following the event log, and its retention.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventSignal>()
        .AddSingleton<EventLog>()
        .AddSingleton<EventReader>()
        .AddMetrics()
        .AddHostedService<EventMetrics>()
        .AddSingleton<IRetention, EventRetention>()
        .AddSingleton<IRetention, NodeLogRetention>();
}
