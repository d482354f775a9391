using System.Net;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>Whatever an upstream sends, nobody gets a wrong file, nothing is left on the disk, and no request hangs.</summary>
public sealed class MisbehavingUpstreamTests : IAsyncLifetime
{
    private static readonly byte[] Wheel = Archives.Wheel();
    private OddUpstream _odd = null!;
    private IndexServer _cache = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _odd = await OddUpstream.StartAsync();
        _cache = await _odd.StartCacheAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        await _odd.DisposeAsync();
    }

    [Fact]
    public async Task A_good_file_passes()
    {
        _odd.List(Wheel);
        Assert.Equal(Wheel.Length, (await _cache.ReadAsync(await _cache.PathOfAsync("acme"))).Length);
    }

    [Fact]
    public Task Other_bytes_are_refused() => AssertRefusedAsync(
        http => http.Response.Body.WriteAsync(new byte[Wheel.Length], Token).AsTask(), "SHA-256 is wrong");

    [Fact]
    public Task Too_few_bytes_are_refused() => AssertRefusedAsync(
        http => http.Response.Body.WriteAsync(Wheel.AsMemory(1), Token).AsTask(), "bytes of acme-1.0-py3-none-any.whl, not the");

    [Fact]
    public Task An_endless_file_is_cut_off_at_its_size() => AssertRefusedAsync(EndlessAsync, "sends more than");

    [Fact]
    public Task A_file_without_a_size_is_cut_off_at_the_limit_of_uploads() => AssertRefusedAsync(EndlessAsync, "sends more than 4194304", file => file.Remove("size"));

    [Fact]
    public Task A_file_that_stops_coming_is_given_up() => AssertRefusedAsync(async http =>
    {
        await http.Response.Body.WriteAsync(Wheel.AsMemory(0, 10), Token);
        await http.Response.Body.FlushAsync(Token);
        await Task.Delay(Timeout.Infinite, http.RequestAborted);
    }, "nothing more came within 1 s");

    [Fact]
    public Task A_file_that_comes_too_slowly_is_given_up() => AssertRefusedAsync(async http =>
    {
        foreach (var one in Wheel)
        {
            await http.Response.Body.WriteAsync(new[] { one }, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(300, http.RequestAborted);
        }
    }, "did not send acme.whl within 3 s", file => file.Remove("size"));

    [Fact]
    public Task A_connection_that_breaks_is_told() => AssertRefusedAsync(async http =>
    {
        http.Response.ContentLength = Wheel.Length;
        await http.Response.Body.WriteAsync(Wheel.AsMemory(0, 10), Token);
        await http.Response.Body.FlushAsync(Token);
        http.Abort();
    }, "The upstream odd ");

    [Fact]
    public Task A_file_that_is_not_there_is_told() => AssertRefusedAsync(http =>
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }, "answers 404 for acme.whl");

    [Fact]
    public async Task Wrong_metadata_is_refused()
    {
        _odd.List(Wheel, file => file["core-metadata"] = new Dictionary<string, string> { ["sha256"] = new('a', 64) });
        _odd.Answers["/files/acme.whl.metadata"] = http => http.Response.WriteAsync("Name: other\n", Token);
        var path = await _cache.PathOfAsync("acme");
        await AssertFailsAsync(path + ".metadata", "SHA-256 is wrong");
        // The wheel itself is right; what it has is not what was promised, so nobody is told of it.
        await _cache.ReadAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, (await _cache.GetAsync(path + ".metadata")).StatusCode);
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False((await _cache.FindPageAsync("acme"))!.Value.GetProperty("files")[0].TryGetProperty("core-metadata", out _));
    }

    [Fact]
    public async Task A_failing_upstream_is_left_alone_for_a_while_and_what_is_kept_is_given_out()
    {
        _odd.List(Wheel);
        await _cache.ListAsync("acme");
        _odd.Status("/simple/acme/", 500);
        _odd.Status("/simple/other/", 500);
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        var asked = _odd.Requests.Count;
        Assert.Single(await _cache.ListAsync("acme"));
        Assert.Single(await _cache.ListAsync("acme"));
        await AssertFailsAsync("simple/other/", "answers 500 for acme");
        Assert.Equal(asked + 1, _odd.Requests.Count);
        _cache.Time.Advance(TimeSpan.FromSeconds(11));
        _odd.List(Wheel);
        Assert.Single(await _cache.ListAsync("acme"));
        Assert.Equal(asked + 2, _odd.Requests.Count);
    }

    [Fact]
    public async Task A_slow_page_is_given_up_and_an_endless_one_too()
    {
        _odd.Answers["/simple/acme/"] = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await AssertFailsAsync("simple/acme/", "did not send the page of acme within 1 s");
        _cache.Time.Advance(TimeSpan.FromSeconds(11));
        _odd.Answers["/simple/acme/"] = http =>
        {
            http.Response.ContentType = SimpleMediaTypes.Json;
            return EndlessAsync(http);
        };
        var answer = await _cache.GetAsync("simple/acme/");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/vnd.pypi.simple.v1+json", "{", "cannot be read")]
    [InlineData("application/vnd.pypi.simple.v1+json", """{"meta":{"api-version":"2.0"},"name":"acme","files":[]}""", "is of version")]
    [InlineData("application/vnd.pypi.simple.v1+json", """{"meta":{"api-version":"1.0"},"name":"acme"}""", "cannot be read")]
    [InlineData("text/html", "<meta name='pypi:repository-version' content='2.0'>", "is of version")]
    [InlineData("image/png", "x", "neither JSON nor HTML")]
    public async Task A_page_that_is_none_is_told(string type, string body, string expected)
    {
        _odd.Answers["/simple/acme/"] = http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        };
        await AssertFailsAsync("simple/acme/", expected);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x", "redirects to what is not http or https")]
    [InlineData("file:///etc/passwd", "redirects to what is not http or https")]
    [InlineData("/simple/acme/", "redirects more than 5 times")]
    public async Task A_redirect_that_is_not_safe_is_not_followed(string to, string expected)
    {
        _odd.Redirect("/simple/acme/", to);
        await AssertFailsAsync("simple/acme/", expected);
    }

    [Fact]
    public async Task Files_that_cannot_be_verified_or_belong_elsewhere_are_not_listed()
    {
        _odd.List(Wheel, file => file["hashes"] = new Dictionary<string, string> { ["md5"] = "x" });
        Assert.Empty(await _cache.ListAsync("acme"));
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        _odd.List(Wheel, file => file["filename"] = "other-1.0-py3-none-any.whl");
        Assert.Empty(await _cache.ListAsync("acme"));
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        _odd.List(Wheel, file => file["url"] = "file:///etc/passwd");
        Assert.Empty(await _cache.ListAsync("acme"));
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        _odd.List(Wheel);
        Assert.Single(await _cache.ListAsync("acme"));
    }

    [Fact]
    public async Task Other_bytes_under_the_name_of_a_kept_file_do_not_replace_it()
    {
        _odd.List(Wheel);
        var path = await _cache.PathOfAsync("acme");
        var bytes = await _cache.ReadAsync(path);
        _odd.List(Archives.Zip(Archives.WheelFiles().Append(new("acme/evil.py", ""))));
        _cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(path, await _cache.PathOfAsync("acme"));
        Assert.Equal(bytes, await _cache.ReadAsync(path));
    }

    [Fact]
    public async Task Html_is_understood()
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Wheel));
        _odd.List(Wheel);
        _odd.Answers["/simple/acme/"] = http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync($"<!-- <a href='no'>no</a> --><A HREF=\"../../files/acme.whl#sha256={sha256}\" data-requires-python='&gt;=3.8' data-yanked>acme-1.0-py3-none-any.whl</A>");
        };
        var file = (await _cache.FindPageAsync("acme"))!.Value.GetProperty("files")[0];
        Assert.Equal(">=3.8", file.GetProperty("requires-python").GetString());
        Assert.True(file.GetProperty("yanked").GetBoolean());
        Assert.False(file.TryGetProperty("upload-time", out _));
        Assert.Equal(Wheel.Length, (await _cache.ReadAsync(await _cache.PathOfAsync("acme"))).Length);
    }

    [Fact]
    public async Task Credentials_go_to_the_upstream_alone()
    {
        using var folder = new TempFolder();
        await using var elsewhere = await OddUpstream.StartAsync();
        await using var cache = await _odd.StartCacheAsync(credentialsFile: folder.Write("secret", "user:hidden\n"));
        elsewhere.List(Wheel);
        _odd.List(Wheel, file => file["url"] = $"{elsewhere.Url}/files/acme.whl");
        await cache.ReadAsync(await cache.PathOfAsync("acme"));
        Assert.Equal(["Basic dXNlcjpoaWRkZW4="], _odd.Authorization);
        Assert.Equal([""], elsewhere.Authorization);
        Assert.Equal(["/files/acme.whl"], elsewhere.Requests);
    }

    private async Task AssertRefusedAsync(Func<HttpContext, Task> send, string expected, Action<Dictionary<string, object?>>? change = null)
    {
        _odd.List(Wheel, change);
        _odd.Answers["/files/acme.whl"] = send;
        var path = await _cache.PathOfAsync("acme");
        await AssertFailsAsync(path, expected);
        Assert.Empty(_cache.StoredFiles);
        _odd.List(Wheel, change);
        await _cache.ReadAsync(path);
    }

    private async Task AssertFailsAsync(string path, string expected)
    {
        using var answer = await _cache.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains(expected, body, StringComparison.Ordinal);
    }

    private static async Task EndlessAsync(HttpContext http)
    {
        var bytes = new byte[1 << 20];
        while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
