using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds;
using Wheelhouse.Server.Delivery;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.Holds;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Commands;
using Wheelhouse.Server.Hosting.Grains;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Telemetry;
using Wheelhouse.Server.Web;

namespace Wheelhouse.Server;

/// <summary>The table of contents: the only place that sees every feature.</summary>
public static class Program
{
    /// <summary>The program <c>wheelhouse-server</c>; see <see cref="ServerCommandLine"/>.</summary>
    public static Task<int> Main(string[] args) => ServerCommandLine.InvokeAsync(args);

    /// <summary>Puts a server together.</summary>
    /// <param name="settings">Its valid settings.</param>
    /// <param name="output">Where it says its address.</param>
    /// <param name="configure">Changes to the registrations, for tests.</param>
    public static WebApplication Build(ServerSettings settings, TextWriter output, Action<WebApplicationBuilder>? configure = null)
    {
        var data = new DataDirectory(Path.GetFullPath(settings.Get<ServerOptions>().Data));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "wheelhouse-server",
            // The pages' scripts and styles lie beside the program, not where it is started.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrel();
        builder.AddHosting(settings, output);
        builder.Services.AddRouting();
        builder.Services.AddStorage(data);
        builder.Services.AddEvents();
        builder.Services.AddAccess(settings.Get<AccessOptions>());
        builder.Services.AddIndex();
        builder.Services.AddInventory();
        builder.Services.AddNodeHealthChecks();
        builder.Services.AddServiceCatalog();
        builder.Services.AddHolds();
        builder.Services.AddNodes();
        builder.Services.AddRollouts();
        builder.Services.AddSecrets();
        builder.Services.AddNotifications();
        builder.Services.AddDelivery();
        builder.Services.AddBuilds();
        builder.AddTelemetry(settings.Get<TelemetryOptions>());
        builder.AddWeb();
        builder.AddGrains();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHosting();
        app.MapHosting();
        app.MapAccess();
        app.MapEvents();
        app.MapIndex();
        app.MapServices();
        app.MapHolds();
        app.MapNodes();
        app.MapRollouts();
        app.MapSecrets();
        app.MapNotifications();
        app.MapDelivery();
        app.MapBuilds();
        app.MapTelemetry();
        app.MapWeb();
        return app;
    }
}
