using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Tests.Index;

/// <summary>What is answered from memory must be what would be answered without it.</summary>
public sealed class ReadyAnswerTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private IndexServer _server = null!;
    private string _file = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await IndexServer.StartAsync();
        (await _server.UploadAsync(WheelName, Archives.Wheel())).EnsureSuccessStatusCode();
        using var page = JsonDocument.Parse(await ReadAsync(await _server.GetAsync("simple/acme/", SimpleMediaTypes.Json)));
        _file = new Uri(new Uri(_server.Url, "simple/acme/"), page.RootElement.GetProperty("files")[0].GetProperty("url").GetString()).PathAndQuery;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("text/html")]
    [InlineData(SimpleMediaTypes.Html)]
    [InlineData(SimpleMediaTypes.Json)]
    public async Task A_page_is_the_same_from_memory(string accept)
    {
        var (first, again) = (await _server.GetAsync("simple/acme/", accept), await _server.GetAsync("simple/acme/", accept));
        Assert.Equal(await ReadAsync(first), await ReadAsync(again));
        Assert.Equal(HeadersOf(first), HeadersOf(again));
        Assert.Equal(["Accept", "Accept-Encoding"], again.Headers.Vary);
    }

    [Fact]
    public async Task A_file_is_the_same_from_memory_and_so_are_its_parts()
    {
        var (first, again) = (await _server.GetAsync(_file), await _server.GetAsync(_file));
        var bytes = await first.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(bytes, await again.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HeadersOf(first), HeadersOf(again));
        var end = await _server.GetAsync(_file, change: h => h.Range = new(null, 7));
        Assert.Equal(bytes[^7..], await end.Content.ReadAsByteArrayAsync(Token));
        var none = await _server.GetAsync(_file, change: h => h.Range = new(bytes.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, none.StatusCode);
        Assert.Equal(bytes.Length, none.Content.Headers.ContentRange?.Length);
        var otherUnit = await _server.GetAsync(_file, change: h => h.TryAddWithoutValidation("Range", "items=0-3"));
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (otherUnit.StatusCode, (await otherUnit.Content.ReadAsByteArrayAsync(Token)).Length));
        using var head = await _server.Http.SendAsync(new(HttpMethod.Head, _file), Token);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_large_file_is_read_from_the_store()
    {
        var noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        var wheel = Archives.Zip(Archives.WheelFiles("large").Append(new("large/noise", Convert.ToBase64String(noise))));
        await _server.UploadAsync("large-1.0-py3-none-any.whl", wheel);
        var url = $"files/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wheel))}/large-1.0-py3-none-any.whl";
        for (var i = 0; i < 2; i++)
        {
            var response = await _server.GetAsync(url);
            Assert.Equal(wheel, await response.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal(wheel.Length, response.Content.Headers.ContentLength);
        }

        var part = await _server.GetAsync(url, change: h => h.Range = new(100_000, 600_000));
        Assert.Equal(wheel[100_000..600_001], await part.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Each_coding_has_a_tag_of_its_own_and_gives_the_same_page(string coding)
    {
        var plain = await _server.GetAsync("simple/acme/");
        var coded = await _server.GetAsync("simple/acme/", change: h => h.AcceptEncoding.ParseAdd(coding));
        Assert.Equal(coding, Assert.Single(coded.Content.Headers.ContentEncoding));
        Assert.NotEqual(plain.Headers.ETag, coded.Headers.ETag);
        await using var stream = Decode(coding, await coded.Content.ReadAsStreamAsync(Token));
        using var reader = new StreamReader(stream);
        Assert.Equal(await ReadAsync(plain), await reader.ReadToEndAsync(Token));
        var unchanged = await _server.GetAsync("simple/acme/", change: h =>
        {
            h.AcceptEncoding.ParseAdd(coding);
            h.IfNoneMatch.Add(coded.Headers.ETag!);
        });
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("simple/acme/")]
    [InlineData("file")]
    public async Task A_revoked_token_and_no_token_get_nothing_that_is_in_memory(string path)
    {
        path = path is "file" ? _file : path;
        var token = await _server.MakeTokenAsync(Roles.Viewer);
        _server.UseToken(token);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(path)).StatusCode);
        _server.UseToken(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync(path)).StatusCode);
        _server.UseToken(IndexServer.AdminToken);
        (await _server.Http.DeleteAsync(new Uri($"api/tokens/{Roles.Viewer}0", UriKind.Relative), Token)).EnsureSuccessStatusCode();
        _server.UseToken(token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_nodes_token_ends_when_it_expires()
    {
        _server.UseToken(_server.Services.GetRequiredService<NodeTokens>().Issue(TimeSpan.FromSeconds(5)));
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("simple/acme/")).StatusCode);
        _server.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("simple/acme/")).StatusCode);
    }

    [Fact]
    public async Task Every_acknowledged_upload_is_on_the_next_page()
    {
        for (var minor = 1; minor <= 20; minor++)
        {
            var name = $"acme-1.{minor}-py3-none-any.whl";
            (await _server.UploadAsync(name, Archives.Wheel(version: $"1.{minor}"))).EnsureSuccessStatusCode();
            Assert.Contains(name, await ReadAsync(await _server.GetAsync("simple/acme/")), StringComparison.Ordinal);
        }

        await _server.UploadAsync("other-1.0-py3-none-any.whl", Archives.Wheel("other"));
        Assert.Contains("other", await ReadAsync(await _server.GetAsync("simple/")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_has_a_limit_and_keeps_what_is_used()
    {
        var generations = new Wheelhouse.Server.Index.IndexGenerations();
        var cache = new ReadyCache(generations, TimeProvider.System);
        const int megabyte = 1 << 20;
        cache.Keep("used", new Answer(megabyte), generations.Of("acme"));
        for (var i = 0; i < 200; i++)
        {
            cache.Keep($"other{i}", new Answer(megabyte), generations.Of("other"));
            Assert.True(cache.TryFind("used", out _));
        }

        var left = Enumerable.Range(0, 200).Count(i => cache.TryFind($"other{i}", out _));
        Assert.InRange(left, 1, (int)(ReadyCache.Limit / megabyte));
        generations.Raise("acme");
        Assert.False(cache.TryFind("used", out _));
    }

    private static Stream Decode(string coding, Stream content) => coding switch
    {
        "br" => new BrotliStream(content, CompressionMode.Decompress),
        "gzip" => new GZipStream(content, CompressionMode.Decompress),
        _ => new ZstdSharp.DecompressionStream(content),
    };

    private static Task<string> ReadAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Token);

    /// <summary>All but the time.</summary>
    private static List<string> HeadersOf(HttpResponseMessage response) =>
    [
        .. response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal),
    ];

    private sealed record Answer(long Size) : IReadyAnswer
    {
        public Task WriteAsync(HttpContext http) => throw new NotSupportedException();
    }
}
