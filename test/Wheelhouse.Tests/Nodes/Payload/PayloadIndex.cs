using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>Serves a folder of wheels over TLS to whoever has the token: files, and the simple pages of what is there.</summary>
public sealed class PayloadIndex : IAsyncDisposable
{
    public const string Token = "wh_secret-of-the-index";
    private readonly WebApplication _app;

    private PayloadIndex(WebApplication app, string ca)
    {
        _app = app;
        Ca = ca;
    }

    /// <summary>The certificate authority that signed the index's certificate.</summary>
    public string Ca { get; }

    /// <summary>Connections by which files were fetched.</summary>
    public ConcurrentDictionary<string, int> Connections { get; } = new();

    /// <summary>When set, downloads of files send half and then wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Port => new Uri(_app.Urls.First()).Port;

    public object AsArgument => new { url = _app.Urls.First() + "/simple/", username = "__token__", password = Token, ca_pem = Ca };

    public static async Task<PayloadIndex> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = MakeCertificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var index = new PayloadIndex(app, certificate.ExportCertificatePem());
        app.Run(context => index.AnswerAsync(context, folder));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return index;
    }

    public async ValueTask DisposeAsync()
    {
        Gate?.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, string folder)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("__token__:" + Token));
        var path = context.Request.Path.Value!;
        if (context.Request.Headers.Authorization != expected)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"index\"";
            return;
        }

        if (path.StartsWith("/simple/", StringComparison.Ordinal))
        {
            var name = path["/simple/".Length..].Trim('/');
            var files = Directory.EnumerateFiles(folder).Select(LockedWheel.Of).Where(w => w.Name == name || name.Length == 0).ToList();
            if (files.Count == 0) context.Response.StatusCode = 404;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!DOCTYPE html><html><body>" + string.Concat(
                files.Select(f => $"<a href=\"{f.Url}#sha256={f.Sha256}\">{f.Filename}</a>\n")) + "</body></html>", context.RequestAborted);
            return;
        }

        Connections.AddOrUpdate(context.Connection.Id, 1, (_, n) => n + 1);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, path.TrimStart('/')), context.RequestAborted);
        context.Response.ContentLength = bytes.Length;
        if (Gate is { } gate)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await gate.Task;
            return;
        }

        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=index", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
