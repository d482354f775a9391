using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Notifications.Deliveries;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Notifications on a real database, without the grains that would work by themselves.</summary>
internal sealed class NotificationsDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private NotificationsDatabase(Action<IServiceCollection> register) => _database = new TestDatabase(services =>
    {
        services.AddSingleton(new ServerOptions { PublicUrl = "https://deploy.example" }).AddSingleton<ServerAddress>();
        services.AddSingleton<AuditLog>().AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()).AddSingleton(new DeliveryRetentionOptions());
        services.AddMetrics().AddSecrets().AddNotifications();
        services.Remove(services.Single(service => service.ImplementationType?.Name == "ChannelWaker"));
        register(services);
    });

    public FakeTimeProvider Time => _database.Time;

    public DeliveryQueries Deliveries => Get<DeliveryQueries>();

    public ChannelCatalog Channels => Get<ChannelCatalog>();

    public SecretStore Secrets => Get<SecretStore>();

    public static async Task<NotificationsDatabase> StartAsync(Action<IServiceCollection> register, CancellationToken token)
    {
        var database = new NotificationsDatabase(register);
        await database._database.StartAsync(token);
        return database;
    }

    public T Get<T>()
        where T : notnull => _database.Services.GetRequiredService<T>();

    public ChannelQueue Queue(string channel) => ActivatorUtilities.CreateInstance<ChannelQueue>(_database.Services, channel);

    public async Task ApplyAsync(string yaml, CancellationToken token) => await Channels.ApplyAsync(await Channels.ReadAsync(yaml, token), "ann", token);

    public Task RecordAsync(string type, string message, object? data = null, string? rollout = null, string service = "billing", string environment = "production", string? node = null) =>
        Get<EventLog>().AppendAsync(new NewEvent(type, message) { Service = service, Environment = environment, Rollout = rollout, Node = node, Data = data });

    /// <summary>Records the events of a rollout from its request to its end.</summary>
    public async Task RecordRolloutAsync(string id, string state, string service = "billing", string environment = "production")
    {
        await BeginRolloutAsync(id, service, environment);
        await EndRolloutAsync(id, state, service, environment);
    }

    public async Task BeginRolloutAsync(string id, string service = "billing", string environment = "production")
    {
        var about = new { Kind = RolloutKinds.Deploy, Version = "1.5.0", from = "1.4.2", By = "ann", Reason = "Invoices", PlanOnly = false };
        await RecordAsync(EventTypes.RolloutRequested, "ann asks", about, id, service, environment);
        await RecordAsync(EventTypes.RolloutStarted, "The rollout begins", about, id, service, environment);
    }

    public Task EndRolloutAsync(string id, string state, string service = "billing", string environment = "production") => RecordAsync(
        EventTypes.RolloutEnded, $"The rollout {state}", new { state, Kind = RolloutKinds.Deploy, Version = "1.5.0", from = "1.4.2", By = "ann", error = state == RolloutStates.Succeeded ? null : "app2: no answer" },
        id, service, environment);

    public async Task<IReadOnlyList<DeliveryView>> ListAsync(string channel, CancellationToken token) =>
        [.. (await Deliveries.ListAsync(channel, state: null, rollout: null, before: null, token)).Reverse()];

    public async Task<long> CursorAsync(string channel, CancellationToken token)
    {
        await using var context = await Get<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(token);
        return (await context.Set<ChannelRow>().SingleAsync(row => row.Name == channel, token)).Cursor;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
