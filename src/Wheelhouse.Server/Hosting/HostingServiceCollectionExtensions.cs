using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.OpenApi;
using Wheelhouse.Server.Hosting.Health;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Hosting.Tls;

namespace Wheelhouse.Server.Hosting;

/// <summary>Registers what is around the features: the listener, the log, the shape of errors, the API's description.</summary>
internal static class HostingServiceCollectionExtensions
{
    public static void AddHosting(this WebApplicationBuilder builder, ServerSettings settings, TextWriter output)
    {
        var options = settings.Get<ServerOptions>();
        settings.Register(builder.Services);
        builder.Logging.AddServerLogging(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options));
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = KestrelHosting.WriteBuffer);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.AddHttpProblems();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, options.TrustedProxies));
        builder.Services.AddOpenApi(api => api.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Wheelhouse", Version = ProgramVersion.Text };
            return Task.CompletedTask;
        }));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ServerOutput(output))
            .AddSingleton<ServerAddress>()
            .AddSingleton<Readiness>()
            .AddSingleton<ServerCertificate>()
            .AddHostedService<ServerAnnouncement>();
    }

    private static void Trust(ForwardedHeadersOptions forwarded, string[] proxies)
    {
        forwarded.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
            else forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        }
    }
}
