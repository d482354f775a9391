using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Index.Upstreams;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>Two real servers: what one has, the other gives out, and goes on to when the first is gone.</summary>
public sealed class PullThroughTests : IAsyncLifetime
{
    private UpstreamPair _pair = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IndexServer Cache => _pair.Cache;

    public async ValueTask InitializeAsync() => _pair = await UpstreamPair.StartAsync();

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task A_page_says_what_the_upstream_says_with_links_to_this_server()
    {
        await _pair.PublishAsync();
        await _pair.Origin.Http.PutAsync("api/projects/acme/releases/1.0/yank", new StringContent("{\"reason\":\"wrong\"}", Encoding.UTF8, "application/json"), Token);
        var (theirs, ours) = ((await _pair.Origin.FindPageAsync("acme"))!.Value, (await Cache.FindPageAsync("acme"))!.Value);
        Assert.Equal(JsonSerializer.Serialize(theirs), JsonSerializer.Serialize(ours));
        var file = ours.GetProperty("files")[0];
        Assert.Equal("wrong", file.GetProperty("yanked").GetString());
        Assert.Equal(">=3.8", file.GetProperty("requires-python").GetString());
        Assert.StartsWith("../../files/", file.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("data-core-metadata", await (await Cache.GetAsync("simple/acme/", "text/html")).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_kept_and_served_when_the_upstream_is_gone()
    {
        await _pair.PublishAsync();
        var path = await Cache.PathOfAsync("acme");
        Assert.Empty(Cache.StoredFiles);
        Assert.Equal(Archives.Wheel().Length, (await Cache.ReadAsync(path)).Length);
        Assert.Single(Cache.StoredFiles);

        await _pair.Origin.DisposeAsync();
        Cache.Time.Advance(TimeSpan.FromDays(1));
        var bytes = await Cache.ReadAsync(path);
        Assert.Equal(Archives.Metadata(), Encoding.UTF8.GetString(await Cache.ReadAsync(path + ".metadata")));
        var part = await Cache.GetAsync(path, change: h => h.Range = new(2, 5));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[2..6], await part.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HttpStatusCode.NotModified, (await Cache.GetAsync(path, change: h => h.IfNoneMatch.Add(part.Headers.ETag!))).StatusCode);
        using var head = await Cache.Http.SendAsync(new(HttpMethod.Head, path), Token);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Equal(["acme-1.0-py3-none-any.whl"], await Cache.ListAsync("acme"));
    }

    [Fact]
    public async Task Metadata_comes_without_the_wheel()
    {
        await _pair.PublishAsync();
        var path = await Cache.PathOfAsync("acme");
        Assert.Equal(Archives.Metadata(), Encoding.UTF8.GetString(await Cache.ReadAsync(path + ".metadata")));
        Assert.DoesNotContain(_pair.Asked, request => request.EndsWith(".whl", StringComparison.Ordinal));
        Assert.Empty(Cache.StoredFiles);
    }

    [Fact]
    public async Task A_project_and_a_file_are_asked_for_once_however_many_want_them()
    {
        await _pair.PublishAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Cache.ListAsync("acme")));
        var path = await Cache.PathOfAsync("acme");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Cache.ReadAsync(path)));
        Assert.Equal(["GET /simple/acme/", $"GET {path}"], _pair.Asked);
    }

    [Fact]
    public async Task A_page_is_asked_for_again_when_it_is_no_longer_fresh_and_sent_only_when_it_changed()
    {
        await _pair.PublishAsync();
        await Cache.ListAsync("acme");
        await _pair.PublishAsync(version: "1.1");
        Assert.Single(await Cache.ListAsync("acme"));
        Cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(["acme-1.0-py3-none-any.whl", "acme-1.1-py3-none-any.whl"], await Cache.ListAsync("acme"));
        Cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(2, (await Cache.ListAsync("acme")).Length);
        Assert.Equal(3, _pair.Asked.Count);
    }

    [Fact]
    public async Task What_no_upstream_has_is_not_asked_for_again_at_once()
    {
        Assert.Null(await Cache.FindPageAsync("acme"));
        Assert.Null(await Cache.FindPageAsync("acme"));
        Assert.Single(_pair.Asked);
        await _pair.PublishAsync();
        Assert.Null(await Cache.FindPageAsync("acme"));
        Cache.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await Cache.FindPageAsync("acme"));
    }

    [Fact]
    public async Task What_the_upstream_lost_is_listed_no_more_but_what_is_kept_of_it_can_be_had()
    {
        await _pair.PublishAsync();
        var path = await Cache.PathOfAsync("acme");
        await Cache.ReadAsync(path);
        await _pair.Origin.Http.DeleteAsync("api/projects/acme?reason=evil", Token);
        Cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await Cache.FindPageAsync("acme"));
        await Cache.ReadAsync(path);
    }

    [Fact]
    public async Task Without_the_upstream_and_with_nothing_kept_the_failure_is_told()
    {
        await _pair.Origin.DisposeAsync();
        var answer = await Cache.GetAsync("simple/acme/");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("The upstream origin cannot be reached", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bytes_of_a_kept_file_stay_when_the_same_bytes_are_deleted_here()
    {
        await _pair.PublishAsync();
        var path = await Cache.PathOfAsync("acme");
        await Cache.ReadAsync(path);
        (await Cache.UploadAsync("acme-1.0-py3-none-any.whl", Archives.Wheel())).EnsureSuccessStatusCode();
        (await Cache.Http.DeleteAsync("api/projects/acme?reason=gone", Token)).EnsureSuccessStatusCode();
        Assert.Single(Cache.StoredFiles);
        Assert.Null(await Cache.FindPageAsync("acme"));
        await Cache.ReadAsync(path);
    }

    [Theory]
    [InlineData(SimpleMediaTypes.Json)]
    [InlineData(SimpleMediaTypes.Html)]
    public async Task A_page_from_memory_is_the_same(string accept)
    {
        await _pair.PublishAsync();
        var first = await (await Cache.GetAsync("simple/acme/", accept)).Content.ReadAsStringAsync(Token);
        Assert.Equal(first, await (await Cache.GetAsync("simple/acme/", accept)).Content.ReadAsStringAsync(Token));
        Assert.Single(_pair.Asked);
    }

    [Fact]
    public async Task Nothing_is_asked_while_offline_and_only_what_is_kept_is_listed()
    {
        await _pair.PublishAsync();
        await _pair.PublishAsync(version: "1.1");
        await Cache.ReadAsync(await Cache.PathOfAsync("acme", "acme-1.0-py3-none-any.whl"));
        var asked = _pair.Asked.Count;
        Cache.Services.GetRequiredService<IOptions<UpstreamsOptions>>().Value.Offline = true;
        Cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(["acme-1.0-py3-none-any.whl"], await Cache.ListAsync("acme"));
        await Cache.ReadAsync(await Cache.PathOfAsync("acme"));
        Assert.Null(await Cache.FindPageAsync("other"));
        Assert.Equal(asked, _pair.Asked.Count);
    }

    [Fact]
    public async Task A_release_of_the_upstream_can_be_deployed_unless_the_name_is_taken_here()
    {
        await _pair.PublishAsync();
        await _pair.PublishAsync(version: "1.1");
        await _pair.PublishAsync(version: "2.0rc1");
        var installable = Cache.Services.GetRequiredService<Installable>();
        Assert.Equal("1.1", (await installable.FindNewestReleaseAsync("Acme", Token))?.ToString());
        Assert.Equal("1.0", (await installable.FindReleaseAsync("acme", "1.0.0", Token))?.ToString());
        Assert.Null(await installable.FindReleaseAsync("acme", "3.0", Token));
        await Cache.UploadAsync("acme-0.5-py3-none-any.whl", Archives.Wheel(version: "0.5"));
        Assert.Equal("0.5", (await installable.FindNewestReleaseAsync("acme", Token))?.ToString());
        Assert.Null(await installable.FindReleaseAsync("acme", "1.1", Token));
    }
}
