using System.Net;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>What of an upstream is offered: patterns, the blocklist, the cooldown, the moment that is asked for, and the order of several.</summary>
public sealed class UpstreamPolicyTests
{
    private const string Old = "acme-1.0-py3-none-any.whl";
    private const string New = "acme-1.1-py3-none-any.whl";

    [Fact]
    public async Task Only_included_names_are_looked_up_and_no_excluded_one()
    {
        await using var pair = await UpstreamPair.StartAsync(change: upstream => Copy(upstream, include: ["acme*"], exclude: ["acme.private"]));
        await pair.PublishAsync();
        await pair.PublishAsync("acme_private");
        await pair.PublishAsync("other");
        Assert.Equal([Old], await pair.Cache.ListAsync("acme"));
        Assert.Null(await pair.Cache.FindPageAsync("acme-private"));
        Assert.Null(await pair.Cache.FindPageAsync("other"));
        Assert.Single(pair.Asked);
    }

    [Fact]
    public async Task What_is_blocked_is_neither_listed_nor_given_out()
    {
        await using var pair = await UpstreamPair.StartAsync(options => options.Blocklist = ["Acme == 1.1.0", "evil-*"]);
        await pair.PublishAsync();
        await pair.PublishAsync(version: "1.1");
        await pair.PublishAsync("evil_twin");
        Assert.Equal([Old], await pair.Cache.ListAsync("acme"));
        Assert.Null(await pair.Cache.FindPageAsync("evil-twin"));
        Assert.Equal(HttpStatusCode.NotFound, (await pair.Cache.GetAsync(await pair.Origin.PathOfAsync("acme", New))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await pair.Cache.GetAsync(await pair.Origin.PathOfAsync("evil-twin"))).StatusCode);
    }

    [Fact]
    public async Task What_is_too_young_is_hidden_until_it_is_not()
    {
        await using var pair = await UpstreamPair.StartAsync(change: upstream => Copy(upstream, cooldownDays: 7));
        await pair.PublishAsync();
        pair.Origin.Time.Advance(TimeSpan.FromDays(5));
        pair.Cache.Time.Advance(TimeSpan.FromDays(5));
        await pair.PublishAsync(version: "1.1");
        Assert.Empty(await pair.Cache.ListAsync("acme"));
        Assert.Equal(HttpStatusCode.NotFound, (await pair.Cache.GetAsync(await pair.Origin.PathOfAsync("acme"))).StatusCode);
        pair.Cache.Time.Advance(TimeSpan.FromDays(2));
        var moment = pair.Cache.Time.GetUtcNow().UtcTicks;
        Assert.Equal([Old], await pair.Cache.ListAsync("acme"));
        pair.Cache.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal([Old, New], await pair.Cache.ListAsync("acme"));
        Assert.Equal([Old], await pair.Cache.ListAsync("acme", $"at/{moment}/"));
    }

    [Fact]
    public async Task A_file_without_an_upload_time_counts_from_when_it_was_first_seen()
    {
        await using var odd = await OddUpstream.StartAsync();
        await using var cache = await odd.StartCacheAsync(options => options.Upstreams = [Copy(options.Upstreams[0], cooldownDays: 7)]);
        await using var warm = await odd.StartCacheAsync();
        odd.List(Archives.Wheel());
        Assert.Empty(await cache.ListAsync("acme"));
        var before = warm.Time.GetUtcNow().UtcTicks;
        warm.Time.Advance(TimeSpan.FromMinutes(1));
        // What was there when nobody looked yet was there before, so that the first resolution finds it.
        Assert.Equal([Old], await warm.ListAsync("acme", $"at/{before}/"));
        cache.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal([Old], await cache.ListAsync("acme"));

        odd.List(Archives.Wheel(version: "1.1"), file => file["filename"] = New);
        warm.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([New], await warm.ListAsync("acme"));
        Assert.Empty(await warm.ListAsync("acme", $"at/{before}/"));
        Assert.Equal([New], await warm.ListAsync("acme", $"at/{warm.Time.GetUtcNow().UtcTicks}/"));
    }

    [Fact]
    public async Task The_first_upstream_that_has_a_project_gives_all_of_it()
    {
        await using var first = await OddUpstream.StartAsync();
        await using var second = await OddUpstream.StartAsync();
        await using var cache = await UpstreamPair.StartCacheAsync(options => options.Upstreams =
        [
            new UpstreamOptions { Name = "first", Url = $"{first.Url}/simple/" }, new UpstreamOptions { Name = "second", Url = $"{second.Url}/simple/" },
        ]);
        second.List(Archives.Wheel(version: "1.1"), file => file["filename"] = New);
        Assert.Equal([New], await cache.ListAsync("acme"));
        first.List(Archives.Wheel());
        cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([Old], await cache.ListAsync("acme"));

        // The first fails, and then loses the project: in neither case does the second take it over.
        var asked = second.Requests.Count;
        first.Status("/simple/acme/", 500);
        cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal([Old], await cache.ListAsync("acme"));
        first.Status("/simple/acme/", 404);
        cache.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await cache.FindPageAsync("acme"));
        Assert.Equal(asked, second.Requests.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await cache.GetAsync("simple/acme/")).StatusCode);
    }

    private static UpstreamOptions Copy(UpstreamOptions upstream, string[]? include = null, string[]? exclude = null, int cooldownDays = 0) => new()
    {
        Name = upstream.Name,
        Url = upstream.Url,
        CredentialsFile = upstream.CredentialsFile,
        Timeout = upstream.Timeout,
        FileTimeout = upstream.FileTimeout,
        Include = include ?? [],
        Exclude = exclude ?? [],
        CooldownDays = cooldownDays,
    };
}
