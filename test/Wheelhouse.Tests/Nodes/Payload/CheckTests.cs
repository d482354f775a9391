using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>The kinds of checks and the ways to an HTTP answer.</summary>
public sealed class CheckTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_goes_through_a_unix_socket_with_a_host_header_and_as_many_redirects_as_allowed()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var socket = service.Folder["web.sock"];
        await using var app = await ServeAsync(socket);
        object Check(string path, int redirects, string host) => new
        {
            kind = "http",
            url = "http://localhost" + path,
            socket,
            headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Host"] = "billing.example" },
            redirects,
            expect = new { contains = host },
            within_s = 0.5,
        };

        var good = await AskAsync(service, Check("/twice", 2, "hello billing.example"));
        var oneTooMany = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check("/twice", 1, "hello")));
        var wrong = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check("/", 0, "another host")));

        Assert.Equal((3, "200 from http://localhost/ 3 times"), ((int)good["attempts"]!, (string?)good["evidence"]));
        Assert.Contains("302 from http://localhost/once", oneTooMany.Message, StringComparison.Ordinal);
        Assert.Contains("does not contain 'another host': hello billing.example", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_is_verified_unless_told_otherwise()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        object Check(bool verify) => new
        {
            kind = "http",
            url = $"https://127.0.0.1:{service.Index.Port}/",
            verify_tls = verify,
            expect = new { status = new[] { 401 } },
            within_s = 0.5,
        };

        var refused = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check(verify: true)));
        await AskAsync(service, Check(verify: false));

        Assert.Contains("CERTIFICATE_VERIFY_FAILED", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_try_which_the_end_of_the_time_cuts_short_does_not_hide_what_the_others_found()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await using var ill = await HttpReceiver.StartAsync();
        ill.Answer = async (_, http) =>
        {
            if (ill.Requests.Count > 1) await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
            http.Response.StatusCode = 503;
        };

        var refused = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, new { kind = "http", url = ill.Url, within_s = 1 }));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tcp_needs_somebody_who_listens()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        object Check(int port) => new { kind = "tcp", host = "127.0.0.1", port, within_s = 0.3 };

        var good = await AskAsync(service, Check(service.Index.Port));
        var refused = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check(service.Port)));

        Assert.Contains("accepted a connection 3 times", (string?)good["evidence"], StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"port {service.Port}: "), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_must_end_with_0_in_time()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        object Check(string command) => new { kind = "command", command, successes = 1, timeout_s = 0.3, within_s = 0.5 };

        await AskAsync(service, Check("/bin/true"));
        var wrong = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check("/bin/sh -c 'echo queue is full; exit 4'")));
        var late = await Assert.ThrowsAsync<PayloadException>(() => AskAsync(service, Check($"sleep 900.{service.Port}")));

        Assert.Contains("exit code 4 from /bin/sh -c 'echo queue is full; exit 4': queue is full", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("did not end within", late.Message, StringComparison.Ordinal);
        Assert.Empty(StageTests.Sleeping(service));
    }

    private static Task<System.Text.Json.Nodes.JsonNode> AskAsync(PayloadService service, object check) => service.Payload.AskAsync("check", new { check }, Token);

    private static async Task<WebApplication> ServeAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.ListenUnixSocket(socket));
        var app = builder.Build();
        app.MapGet("/", (HttpContext context) => "hello " + context.Request.Host.Value);
        app.MapGet("/once", () => Results.Redirect("/"));
        app.MapGet("/twice", () => Results.Redirect("/once"));
        await app.StartAsync(Token);
        return app;
    }
}
