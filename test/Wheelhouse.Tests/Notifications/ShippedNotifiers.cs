using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Notifications;

/// <summary>The notifiers as the server registers them, to read documents with.</summary>
internal static class ShippedNotifiers
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddStorage(new DataDirectory(Path.GetTempPath()))
        .AddSingleton<AuditLog>()
        .AddSingleton<Microsoft.Extensions.Hosting.IHostApplicationLifetime>(new NoLifetime())
        .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
        .AddSecrets()
        .AddNotifications()
        .BuildServiceProvider();

    public static Notifiers All { get; } = Services.GetRequiredService<Notifiers>();

    public static ChannelDocumentParser Parser { get; } = new(All);

    private sealed class NoLifetime : Microsoft.Extensions.Hosting.IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException();
    }
}
