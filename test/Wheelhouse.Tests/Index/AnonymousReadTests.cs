using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Index;

/// <summary>Who may read without a token may do so from memory too, and nobody else may.</summary>
public sealed class AnonymousReadTests
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string Html = "application/vnd.pypi.simple.v1+html";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task Without_a_token_the_switch_decides_whether_from_memory_or_not(bool isOpen, HttpStatusCode expected)
    {
        await using var server = await StartAsync(isOpen);
        foreach (var path in await PathsAsync(server))
        {
            Assert.Equal(expected, await StatusAsync(server, path, token: null));
            await RememberAsync(server, path);
            Assert.Equal(expected, await StatusAsync(server, path, token: null));
            Assert.Equal(expected, await StatusAsync(server, path, token: null, HttpMethod.Head));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_token_is_refused_whether_from_memory_or_not(bool isOpen)
    {
        await using var server = await StartAsync(isOpen);
        foreach (var path in await PathsAsync(server))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, path, "wh_wrong"));
            await RememberAsync(server, path);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, path, "wh_wrong"));
        }
    }

    [Fact]
    public async Task Reading_alone_is_open()
    {
        await using var server = await StartAsync(isOpen: true);
        using var http = server.Http(null);
        foreach (var (method, path) in ((HttpMethod, string)[])[
            (HttpMethod.Post, "legacy/"), (HttpMethod.Delete, "api/projects/acme"), (HttpMethod.Put, "api/projects/acme/status"), (HttpMethod.Get, "api/audit"), (HttpMethod.Get, "api/tokens")])
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await http.SendAsync(request, Token);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
        }
    }

    private static async Task<TestServer> StartAsync(bool isOpen)
    {
        var server = await TestServer.StartAsync(Token, new Dictionary<string, string>(StringComparer.Ordinal) { ["anonymous_read"] = isOpen ? "true" : "false" });
        using var wheel = new MemoryStream(Archives.Wheel());
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wheel));
        wheel.Position = 0;
        await server.Admin.UploadAsync(new Upload(WheelName, "bdist_wheel", "py3", sha256, [new("name", "acme"), new("version", "1.0")]), wheel, Token);
        return server;
    }

    private static async Task<string[]> PathsAsync(TestServer server)
    {
        var file = (await server.Admin.GetProjectAsync("acme", Token)).Releases[0].Files[0];
        return ["/simple/", "/simple/acme/", $"/files/{file.Sha256}/{WheelName}", $"/files/{file.Sha256}/{WheelName}.metadata"];
    }

    /// <summary>Asks as the admin, so that the answer is in memory.</summary>
    private static async Task RememberAsync(TestServer server, string path)
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, TestServer.AdminToken));
        var key = path.StartsWith("/files/", StringComparison.Ordinal) ? path : ReadyAnswers.KeyOfPage(path, Html);
        Assert.True(server.Services.GetRequiredService<ReadyCache>().TryFind(key, out _), path);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string path, string? token, HttpMethod? method = null)
    {
        using var http = server.Http(token);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(Html) } } };
        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
