using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Storage;

/// <summary>The real database and event log in a folder of their own, with a clock that the test moves.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TempFolder _folder = new("wh-db");
    private readonly IHost _host;

    /// <summary>Makes it; <see cref="StartAsync"/> opens it.</summary>
    /// <param name="configure">Adds what is to run on it.</param>
    public TestDatabase(Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddStorage(new DataDirectory(_folder.Root)).AddEvents();
        configure?.Invoke(builder.Services);
        builder.Logging.ClearProviders();
        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _host.Services;

    public DatabaseWriter Writer => Services.GetRequiredService<DatabaseWriter>();

    public async ValueTask StartAsync(CancellationToken token) => await _host.StartAsync(token);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Dispose();
    }
}
