using System.Net;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>Dependency confusion: somebody publishes to the upstream under the name of an internal project, with a higher version.</summary>
public sealed class ConfusionTests : IAsyncLifetime
{
    private const string Internal = "acme_utils-1.0-py3-none-any.whl";
    private const string Attack = "acme_utils-99.0-py3-none-any.whl";
    private UpstreamPair _pair = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IndexServer Cache => _pair.Cache;

    public async ValueTask InitializeAsync()
    {
        _pair = await UpstreamPair.StartAsync(options => options.Reserved = ["ACME_secret*"]);
        (await _pair.Origin.UploadAsync(Attack, Archives.Wheel("acme_utils", "99.0"))).EnsureSuccessStatusCode();
        (await _pair.Origin.UploadAsync("acme_secret_plans-99.0-py3-none-any.whl", Archives.Wheel("acme_secret_plans", "99.0"))).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Theory]
    [InlineData("acme-utils")]
    [InlineData("Acme_Utils")]
    [InlineData("acme.utils")]
    [InlineData("ACME--utils")]
    public async Task A_name_that_exists_here_is_never_looked_up(string spelling)
    {
        (await Cache.UploadAsync(Internal, Archives.Wheel("acme_utils"))).EnsureSuccessStatusCode();
        await GetFollowingAsync(spelling);
        Assert.Equal([Internal], await Cache.ListAsync("acme-utils"));
        Assert.Empty(await Cache.ListAsync("acme-utils", "at/5/"));
        Assert.Equal(HttpStatusCode.NotFound, (await Cache.GetAsync(await AttackPathAsync())).StatusCode);
        AssertNobodyAsked();
    }

    [Fact]
    public async Task Nor_is_one_whose_files_are_all_deleted()
    {
        (await Cache.UploadAsync(Internal, Archives.Wheel("acme_utils"))).EnsureSuccessStatusCode();
        (await Cache.Http.DeleteAsync("api/projects/acme-utils", Token)).EnsureSuccessStatusCode();
        Assert.Null(await Cache.FindPageAsync("acme-utils"));
        AssertNobodyAsked();
    }

    [Theory]
    [InlineData("acme-secret-plans")]
    [InlineData("Acme_Secret_Plans")]
    [InlineData("acme.secret.plans")]
    public async Task A_reserved_name_is_a_clean_404_before_its_first_upload(string spelling)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await GetFollowingAsync(spelling)).StatusCode);
        var path = await _pair.Origin.PathOfAsync("acme-secret-plans");
        Assert.Equal(HttpStatusCode.NotFound, (await Cache.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Cache.GetAsync(path.Replace("acme_secret_plans", "Acme.Secret.Plans", StringComparison.Ordinal) + ".metadata")).StatusCode);
        AssertNobodyAsked();
    }

    [Fact]
    public async Task An_upload_takes_a_name_from_the_upstream_at_once_and_for_ever()
    {
        Assert.Equal([Attack], await Cache.ListAsync("acme-utils"));
        var path = await Cache.PathOfAsync("acme-utils");
        (await Cache.UploadAsync(Internal, Archives.Wheel("acme_utils"))).EnsureSuccessStatusCode();
        Assert.Equal([Internal], await Cache.ListAsync("acme-utils"));
        Assert.Equal(HttpStatusCode.NotFound, (await Cache.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Pip_installs_what_is_here_and_not_the_higher_version_of_the_upstream()
    {
        (await Cache.UploadAsync(Internal, Archives.Wheel("acme_utils"))).EnsureSuccessStatusCode();
        using var folder = new TempFolder();
        await Pip.CheckAsync("download", "--no-deps", "--dest", folder["got"], "Acme.Utils", "--index-url", Cache.UrlFor("simple/"));
        Assert.Equal(Internal, Path.GetFileName(Directory.GetFiles(folder["got"]).Single()));
        AssertNobodyAsked();
    }

    /// <summary>The path of the attacker's file, without asking this server for it.</summary>
    private async Task<string> AttackPathAsync()
    {
        var path = await _pair.Origin.PathOfAsync("acme-utils");
        _pair.Origin.Requests.Clear();
        return path;
    }

    private async Task<HttpResponseMessage> GetFollowingAsync(string spelling)
    {
        var answer = await Cache.GetAsync($"simple/{spelling}/");
        return answer.StatusCode is HttpStatusCode.MovedPermanently ? await Cache.GetAsync(answer.Headers.Location!.OriginalString) : answer;
    }

    private void AssertNobodyAsked() => Assert.DoesNotContain(_pair.Asked, request => request.Contains("utils", StringComparison.OrdinalIgnoreCase) && !request.Contains("simple/acme-utils/json", StringComparison.Ordinal));
}
