using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Access;

namespace Wheelhouse.Tests.Hosting;

public sealed class StartFailureTests
{
    [Fact]
    public async Task What_only_waited_for_the_start_is_not_told_as_a_fault_of_its_own()
    {
        using var folder = new TempFolder("wh-fail");
        var data = new DataDirectory(folder["data"]);
        using var held = data.Open();
        var log = new CapturedLog();
        var settings = SettingsLoader.Load(new SettingsInput(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["data"] = data.Root, ["urls"] = "http://127.0.0.1:0" }, new Dictionary<string, string>(), null));
        await using (var app = Server.Program.Build(settings, TextWriter.Null, builder => Configure(builder, log)))
            await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(log.Entries, entry => entry.Level == LogLevel.Critical || entry.Text.Contains("BackgroundService", StringComparison.Ordinal));
    }

    private static void Configure(WebApplicationBuilder builder, CapturedLog log)
    {
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddHostedService<FailingStart>();
    }

    private sealed class FailingStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("It cannot start.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
