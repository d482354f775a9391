namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>The real pip, through a server that has nothing but an upstream.</summary>
public sealed class UpstreamPipTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pip_downloads_through_the_cache_and_again_when_the_upstream_is_gone()
    {
        await using var pair = await UpstreamPair.StartAsync();
        using var folder = new TempFolder();
        var wheel = Directory.GetFiles("/usr/share/python-wheels", "wheel-*.whl").Single();
        var bytes = await File.ReadAllBytesAsync(wheel, Token);
        (await pair.Origin.UploadAsync(Path.GetFileName(wheel), bytes)).EnsureSuccessStatusCode();
        (await pair.Origin.UploadAsync("app-1.0-py3-none-any.whl", Archives.Zip(With(Archives.WheelFiles("app"), "Requires-Dist: wheel\n")))).EnsureSuccessStatusCode();

        await DownloadAsync(folder["first"]);
        await pair.Origin.DisposeAsync();
        pair.Cache.Time.Advance(TimeSpan.FromDays(30));
        await DownloadAsync(folder["again"]);
        Assert.Equal(["app-1.0-py3-none-any.whl", Path.GetFileName(wheel)], Directory.GetFiles(folder["again"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder[$"again/{Path.GetFileName(wheel)}"], Token));

        Task DownloadAsync(string to) => Pip.CheckAsync("download", "--dest", to, "app", "--index-url", pair.Cache.UrlFor("simple/"));
    }

    [Fact]
    public async Task Pip_resolves_as_of_a_moment_with_what_the_upstream_had_then()
    {
        await using var pair = await UpstreamPair.StartAsync();
        using var folder = new TempFolder();
        await pair.PublishAsync();
        var moment = pair.Origin.Time.GetUtcNow().UtcTicks;
        pair.Origin.Time.Advance(TimeSpan.FromMinutes(1));
        await pair.PublishAsync(version: "1.1");
        await Pip.CheckAsync("download", "--dest", folder["then"], "acme", "--index-url", pair.Cache.UrlFor($"at/{moment}/simple/"));
        await Pip.CheckAsync("download", "--dest", folder["now"], "acme", "--index-url", pair.Cache.UrlFor("simple/"));
        Assert.Equal("acme-1.0-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(folder["then"]).Single()));
        Assert.Equal("acme-1.1-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(folder["now"]).Single()));
    }

    private static Dictionary<string, string> With(Dictionary<string, string> files, string metadata)
    {
        files["app-1.0.dist-info/METADATA"] = $"Metadata-Version: 2.1\nName: app\nVersion: 1.0\n{metadata}";
        return files;
    }
}
