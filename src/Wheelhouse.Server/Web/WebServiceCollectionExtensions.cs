using Microsoft.AspNetCore.Components.Server;
using MudBlazor.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Web.Live;
using Wheelhouse.Server.Web.Logs;

namespace Wheelhouse.Server.Web;

/// <summary>Registers and maps the pages.</summary>
public static class WebServiceCollectionExtensions
{
    /// <summary>How long the state of a page is kept whose browser is out of reach, as that of a closed laptop is.</summary>
    private static readonly TimeSpan DisconnectedFor = TimeSpan.FromMinutes(10);

    /// <summary>The longest message of a browser, in bytes: the largest document with room for its escapes.</summary>
    private const long LongestMessage = 4 * DocumentFile.MaxBytes;

    /// <summary>Adds the pages.</summary>
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestMessage);
        builder.Services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = DisconnectedFor);
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter);
        builder.Services.AddScoped<PageClock>().AddSingleton<LiveLogs>();
        return builder;
    }

    /// <summary>Maps the pages and their files.</summary>
    public static void MapWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLogDownload();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.View);
    }
}
