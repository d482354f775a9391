using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Server.Hosting.Doctor;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Upstreams;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Access;

namespace Wheelhouse.Tests.Index.Upstreams;

public sealed class UpstreamSafetyTests
{
    [Theory]
    [InlineData("https://a.example/x/", "../files/f", "https://a.example/files/f")]
    [InlineData("https://a.example/x/", "https://b.example/f", "https://b.example/f")]
    [InlineData("http://a.example/x/", "https://b.example/f", "https://b.example/f")]
    [InlineData("http://a.example/x/", "http://b.example/f", "http://b.example/f")]
    [InlineData("https://a.example/x/", "http://a.example/f", null)]
    [InlineData("https://a.example/x/", "file:///etc/passwd", null)]
    [InlineData("https://a.example/x/", "ftp://a.example/f", null)]
    [InlineData("https://a.example/x/", "javascript:alert(1)", null)]
    public void A_link_is_followed_to_http_and_https_and_never_down(string from, string link, string? expected) =>
        Assert.Equal(expected, UpstreamHttp.FindTarget(new(from), new(link, UriKind.RelativeOrAbsolute))?.AbsoluteUri);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("151.101.0.223", false)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("2a04:4e42::223", false)]
    public void Inner_addresses_are_known(string address, bool expected) => Assert.Equal(expected, AddressGuard.IsInner(IPAddress.Parse(address)));

    [Fact]
    public async Task The_doctor_says_which_upstreams_answer()
    {
        await using var odd = await OddUpstream.StartAsync();
        Assert.Equal("skipped", (await CheckAsync("[]")).Status);
        Assert.Equal(CheckResult.Ok("odd answers."), await CheckAsync($"[{{name: odd, url: \"{odd.Url}/simple/\"}}]"));
        odd.Status("/simple/pip/", 401);
        var refused = await CheckAsync($"[{{name: odd, url: \"{odd.Url}/simple/\"}}, {{name: gone, url: \"http://127.0.0.1:1/simple/\"}}]");
        Assert.Equal("failed", refused.Status);
        Assert.StartsWith("The upstream odd answers 401 for pip. The upstream gone cannot be reached: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_logged_without_credentials()
    {
        using var folder = new TempFolder();
        await using var odd = await OddUpstream.StartAsync();
        var log = new CapturedLog();
        odd.List(Archives.Wheel());
        odd.Status("/files/acme.whl", 403);
        await using var cache = await odd.StartCacheAsync(
            credentialsFile: folder.Write("secret", "user:hidden\n"), services: services => services.AddLogging(logging => logging.AddProvider(log)));
        Assert.Equal(HttpStatusCode.BadGateway, (await cache.GetAsync(await cache.PathOfAsync("acme"))).StatusCode);
        Assert.Contains("The upstream odd answers 403 for acme.whl", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("dXNlcjpoaWRkZW4", log.Text, StringComparison.Ordinal);
    }

    private static Task<CheckResult> CheckAsync(string upstreams)
    {
        var settings = SettingsLoader.Load(new SettingsInput(
            new Dictionary<string, string> { ["data"] = Path.GetTempPath() }, new Dictionary<string, string> { ["WHEELHOUSE_INDEX_UPSTREAMS"] = upstreams }, null));
        return new UpstreamCheck().RunAsync(new Surroundings(settings, new DataDirectory(Path.GetTempPath()), null, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
    }
}
