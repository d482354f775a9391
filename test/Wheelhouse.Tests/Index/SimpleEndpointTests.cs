using System.Net;
using System.Text.Json;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Tests.Index;

public sealed class SimpleEndpointTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await IndexServer.StartAsync();
        (await _server.UploadAsync(WheelName, Archives.Wheel())).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("simple", "/simple/")]
    [InlineData("simple/acme", "/simple/acme/")]
    [InlineData("simple/Acme_Billing/", "/simple/acme-billing/")]
    [InlineData("at/5/simple/ACME", "/at/5/simple/acme/")]
    public async Task Other_spellings_lead_to_the_normal_one(string path, string expected)
    {
        var response = await _server.GetAsync(path);
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("simple/unknown/", HttpStatusCode.NotFound)]
    [InlineData("simple/-bad-/", HttpStatusCode.NotFound)]
    [InlineData("at/1/simple/acme/", HttpStatusCode.NotFound)]
    [InlineData("at/9223372036854775807/simple/", HttpStatusCode.BadRequest)]
    [InlineData("at/-1/simple/", HttpStatusCode.BadRequest)]
    [InlineData("files/00/acme-1.0-py3-none-any.whl", HttpStatusCode.NotFound)]
    [InlineData("files/0000000000000000000000000000000000000000000000000000000000000000/acme-1.0-py3-none-any.whl", HttpStatusCode.NotFound)]
    [InlineData("api/projects/unknown", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_said_so(string path, HttpStatusCode expected) => Assert.Equal(expected, (await _server.GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_page_comes_as_html_and_as_json()
    {
        var html = await _server.GetAsync("simple/acme/");
        Assert.Equal("text/html", html.Content.Headers.ContentType?.MediaType);
        var text = await html.Content.ReadAsStringAsync(Token);
        Assert.Contains($"{WheelName}#sha256=", text, StringComparison.Ordinal);
        Assert.Contains("data-requires-python=\"&gt;=3.8\"", text, StringComparison.Ordinal);
        Assert.Contains("data-dist-info-metadata=\"sha256=", text, StringComparison.Ordinal);

        var json = await _server.GetAsync("simple/acme/", SimpleMediaTypes.Json);
        Assert.Equal(SimpleMediaTypes.Json, json.Content.Headers.ContentType?.MediaType);
        using var page = JsonDocument.Parse(await json.Content.ReadAsStringAsync(Token));
        Assert.Equal("1.0", page.RootElement.GetProperty("versions")[0].GetString());
        Assert.Equal("2026-01-01T00:00:00.000000Z", page.RootElement.GetProperty("files")[0].GetProperty("upload-time").GetString());
        Assert.Contains("Accept", json.Headers.Vary);

        Assert.Equal(HttpStatusCode.NotAcceptable, (await _server.GetAsync("simple/acme/", "image/png")).StatusCode);
        Assert.Contains("<a href=\"acme/\">acme</a>", await (await _server.GetAsync("simple/")).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity;q=0", null)]
    [InlineData("*;q=0, identity;q=0", null)]
    [InlineData("identity;q=0, gzip;q=0.1", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.4", "gzip")]
    [InlineData("gzip, br", "br")]
    public async Task A_page_comes_in_the_coding_that_weighs_most_and_as_it_is_when_none_is_left(string accepted, string? coding)
    {
        var page = await _server.GetAsync("simple/acme/", change: h => h.AcceptEncoding.ParseAdd(accepted));
        Assert.Equal((HttpStatusCode.OK, coding), (page.StatusCode, page.Content.Headers.ContentEncoding.SingleOrDefault()));
    }

    [Fact]
    public async Task An_unchanged_page_is_not_sent_again()
    {
        var first = await _server.GetAsync("simple/acme/");
        Assert.Equal(HttpStatusCode.NotModified, (await _server.GetAsync("simple/acme/", change: h => h.IfNoneMatch.Add(first.Headers.ETag!))).StatusCode);
        await _server.UploadAsync("acme-1.1-py3-none-any.whl", Archives.Wheel(version: "1.1"));
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("simple/acme/", change: h => h.IfNoneMatch.Add(first.Headers.ETag!))).StatusCode);
    }

    [Fact]
    public async Task The_index_is_shown_as_it_was_at_a_moment()
    {
        var moment = _server.Time.GetUtcNow();
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await _server.UploadAsync("acme-1.1-py3-none-any.whl", Archives.Wheel(version: "1.1"));
        await _server.UploadAsync("later-1.0-py3-none-any.whl", Archives.Wheel("later"));

        var then = await (await _server.GetAsync($"at/{moment.UtcTicks}/simple/acme/")).Content.ReadAsStringAsync(Token);
        Assert.Contains(WheelName, then, StringComparison.Ordinal);
        Assert.DoesNotContain("acme-1.1", then, StringComparison.Ordinal);
        Assert.Contains("href=\"../../../../files/", then, StringComparison.Ordinal);
        Assert.DoesNotContain("later", await (await _server.GetAsync($"at/{moment.UtcTicks}/simple/")).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        var now = await (await _server.GetAsync($"at/{_server.Time.GetUtcNow().UtcTicks}/simple/acme/")).Content.ReadAsStringAsync(Token);
        Assert.Contains("acme-1.1", now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_served_with_ranges_and_may_be_kept_for_ever()
    {
        using var page = JsonDocument.Parse(await (await _server.GetAsync("simple/acme/", SimpleMediaTypes.Json)).Content.ReadAsStringAsync(Token));
        var file = page.RootElement.GetProperty("files")[0];
        var url = new Uri(new Uri(_server.Url, "simple/acme/"), file.GetProperty("url").GetString()).PathAndQuery;
        var sha256 = file.GetProperty("hashes").GetProperty("sha256").GetString();

        var whole = await _server.GetAsync(url);
        var bytes = await whole.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        Assert.Equal($"\"{sha256}\"", whole.Headers.ETag?.Tag);
        Assert.Contains("immutable", whole.Headers.CacheControl?.ToString(), StringComparison.Ordinal);

        var part = await _server.GetAsync(url, change: h => h.Range = new(2, 5));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[2..6], await part.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HttpStatusCode.NotModified, (await _server.GetAsync(url, change: h => h.IfNoneMatch.Add(whole.Headers.ETag!))).StatusCode);

        using var head = await _server.Http.SendAsync(new(HttpMethod.Head, url), Token);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);

        var metadata = await (await _server.GetAsync(url + ".metadata")).Content.ReadAsStringAsync(Token);
        Assert.Equal(Archives.Metadata(), metadata);
    }
}
