using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Wheelhouse.Server.Hosting.Tls;

namespace Wheelhouse.Server.Hosting;

/// <summary>Sets up the listener.</summary>
internal static class KestrelHosting
{
    /// <summary>How large a request's body may be, unless its endpoint says otherwise.</summary>
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>
    /// How much of an answer waits for a slow reader's connection, in bytes. Kestrel's default of 64 KiB stops whoever reads a file from disk after every
    /// piece; with this much, large files are sent as fast as nginx sends them (bench/index).
    /// </summary>
    public const int WriteBuffer = 256 * 1024;

    public static void Listen(this KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        foreach (var url in options.Urls)
        {
            if (!ListenAddress.TryParse(url, out var address)) continue;
            if (address.Address is null) kestrel.ListenAnyIP(address.Port, Configure);
            else kestrel.Listen(address.Address, address.Port, Configure);

            void Configure(ListenOptions listen)
            {
                if (!address.IsTls) return;
                var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
                });
            }
        }
    }
}
