namespace Wheelhouse.Server.Events;

/// <summary>Registers the event log.</summary>
public static class EventsServiceCollectionExtensions
{
    /// <summary>Adds writing, reading and following the event log.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventSignal>()
        .AddSingleton<EventLog>()
        .AddSingleton<EventReader>();
}
