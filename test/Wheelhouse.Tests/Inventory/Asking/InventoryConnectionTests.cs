using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Asking;

public sealed class InventoryConnectionTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new("wh-ask");
    private readonly InventoryHttp _http;
    private SourceServer _server = null!;

    public InventoryConnectionTests() => _http = new InventoryHttp(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] }));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SourceServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_redirect_within_the_origin_is_followed_with_the_credentials()
    {
        _server.Answer = http =>
        {
            if (http.Request.Path == "/a") http.Response.Redirect("/b");
            return Task.CompletedTask;
        };
        var reply = await GetAsync("/a", _folder.Write("token", "hunter2\n"));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(["Bearer hunter2", "Bearer hunter2"], _server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("http://other.example/x", "redirects to http://other.example/x")]
    [InlineData("http://user:pass@other.example/x", "redirects to http://other.example/x")]
    [InlineData("https://127.0.0.1:1/", "redirects to https://127.0.0.1:1/")]
    [InlineData("file:///etc/passwd", "redirects to file:///etc/passwd")]
    [InlineData("/again", "redirects again, after 5 redirects")]
    public async Task Other_redirects_are_not(string to, string message)
    {
        _server.Answer = http =>
        {
            http.Response.Redirect(to);
            return Task.CompletedTask;
        };
        Assert.Contains(message, (await RefusedAsync(() => GetAsync("/a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_an_error()
    {
        _server.Say("", status: 302);
        Assert.Contains("redirects to nowhere", (await RefusedAsync(() => GetAsync("/a"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Another_status_than_200_is_an_error_that_shows_what_came_but_no_secret(int status)
    {
        _server.Answer = http =>
        {
            http.Response.StatusCode = status;
            return status == 204 ? Task.CompletedTask : http.Response.WriteAsync($"no,\n\n  {http.Request.Headers.Authorization} \u0007is not welcome {new string('x', 1000)}");
        };
        var reply = await GetAsync("/a?q=1", _folder.Write("token", "hunter2"));
        var error = Assert.Throws<InventoryException>(() => reply.ReadJson());
        var shown = status == 204 ? ", and no text." : ": no, Bearer *** ?is not welcome xxx";
        Assert.StartsWith($"GET {_server.Url}/a?q=1 answered with status {status}{shown}", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 10, 400);
    }

    [Fact]
    public async Task Basic_credentials_are_sent_and_never_shown()
    {
        _server.Answer = http => http.Response.WriteAsync($"{http.Request.Headers.Authorization} s3cret");
        using var connection = await _http.OpenAsync(new InventoryTls(null), Token);
        var basic = new BasicAuthOptions { Username = "wheel", PasswordFile = _folder.Write("password", "s3cret\n") };
        var credentials = await connection.ReadCredentialsAsync(null, basic, Token);
        var reply = await connection.GetAsync(new Uri(_server.Url), headers => headers.Authorization = credentials, Token);
        Assert.Equal("Basic " + Convert.ToBase64String("wheel:s3cret"u8), _server.Requests.Single().Headers["Authorization"]);
        Assert.EndsWith(": Basic *** ***", Assert.Throws<InventoryException>(() => reply.ReadJson()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to\u0001ken")]
    [InlineData("töken")]
    public async Task A_token_that_cannot_stand_in_a_header_is_refused_without_showing_it(string secret)
    {
        var error = await RefusedAsync(() => GetAsync("/", _folder.Write("token", secret)));
        Assert.Contains("not printable ASCII", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error.Message + error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_is_too_large_is_an_error_also_when_it_was_packed()
    {
        _server.Answer = async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(http.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            for (var i = 0; i < 33; i++) await gzip.WriteAsync(new byte[1 << 20], http.RequestAborted);
        };
        Assert.Contains("more than 32 MiB", (await RefusedAsync(() => GetAsync("/"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_an_error()
    {
        _server.Answer = async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("[]");
            await http.Response.Body.FlushAsync();
            http.Abort();
        };
        Assert.Contains($"GET {_server.Url}/ failed: ", (await RefusedAsync(() => GetAsync("/"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_is_packed_wrongly_is_an_error()
    {
        _server.Answer = http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.WriteAsync("[]");
        };
        Assert.Contains("failed: ", (await RefusedAsync(() => GetAsync("/"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_listen_or_speaks_something_else_is_an_error()
    {
        var port = FreePort.Take();
        Assert.Contains("Connection refused", (await RefusedAsync(() => GetAsync("/", url: $"http://127.0.0.1:{port}"))).Message, StringComparison.Ordinal);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var asking = RefusedAsync(() => GetAsync("/", url: $"http://127.0.0.1:{port}"));
        using (var client = await listener.AcceptTcpClientAsync(Token)) await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), Token);
        Assert.Contains($"GET http://127.0.0.1:{port}/ failed: ", (await asking).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_source_is_left_when_nobody_waits_any_more()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _server.Answer = http =>
        {
            patience.Cancel();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        using var connection = await _http.OpenAsync(new InventoryTls(null), Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.GetAsync(new Uri(_server.Url), _ => { }, patience.Token));
    }

    [Fact]
    public async Task A_certificate_counts_when_the_ca_file_has_its_ca()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var server = await SourceServer.StartAsync(certificate);
        server.Say("[]");
        var ca = _folder.Write("ca.pem", certificate.ExportCertificatePem());
        Assert.Equal("[]", Encoding.UTF8.GetString((await GetAsync("/", url: server.Url, caFile: ca)).Body.Span));
        var error = await RefusedAsync(() => GetAsync("/", url: server.Url));
        Assert.Contains("the connection is not trusted", error.Message, StringComparison.Ordinal);
        Assert.Contains("ca_file", error.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    public async Task A_ca_file_without_a_ca_is_an_error(string pem, string message) =>
        Assert.Contains(message, (await RefusedAsync(() => GetAsync("/", caFile: _folder.Write("ca.pem", pem)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\uFEFF[1]", null)]
    [InlineData("[1", "line 1, byte 3")]
    [InlineData("{\"a\":1,\"a\":2}", "not JSON")]
    [InlineData("[\"\\ud800\"]", "not Unicode")]
    [InlineData("{\"\\udc00\":1}", "not Unicode")]
    public void Json_is_read_strictly(string json, string? flaw)
    {
        var error = Record.Exception(() => InventoryJson.Parse(Encoding.UTF8.GetBytes(json), reason => new InventoryException($"not JSON: {reason}", null)));
        if (flaw is null) Assert.Null(error);
        else Assert.Contains(flaw, Assert.IsType<InventoryException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_with_broken_utf8_is_refused() =>
        Assert.Throws<InventoryException>(() => InventoryJson.Parse(new byte[] { (byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']' }, flaw => new InventoryException(flaw, null)));

    private async Task<InventoryReply> GetAsync(string path, string? tokenFile = null, string? url = null, string? caFile = null)
    {
        using var connection = await _http.OpenAsync(new InventoryTls(caFile), Token);
        var credentials = await connection.ReadCredentialsAsync(tokenFile, null, Token);
        return await connection.GetAsync(new Uri((url ?? _server.Url) + path), headers => headers.Authorization = credentials, Token);
    }

    private static Task<InventoryException> RefusedAsync(Func<Task> ask) => Assert.ThrowsAsync<InventoryException>(ask);
}
