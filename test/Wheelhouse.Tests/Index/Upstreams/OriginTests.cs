using System.Net;
using System.Net.Http.Json;
using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>The API says of each name where it comes from, without asking anybody.</summary>
public sealed class OriginTests : IAsyncLifetime
{
    private UpstreamPair _pair = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pair = await UpstreamPair.StartAsync(options =>
        {
            options.Reserved = ["mine-*"];
            options.Blocklist = ["evil"];
        });
        await _pair.PublishAsync();
        await _pair.PublishAsync(version: "1.1");
        await _pair.Cache.ReadAsync(await _pair.Cache.PathOfAsync("acme"));
        _pair.Origin.Requests.Clear();
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task What_is_kept_of_an_upstream_is_told()
    {
        var project = (await FindAsync("Acme"))!;
        Assert.Equal(new ProjectOrigin(ProjectOrigins.Upstream) { Upstream = "origin" }, project.Origin);
        Assert.Equal(["1.0"], project.Releases.Select(release => release.Version));
        Assert.Equal("upstream origin", project.Releases[0].Files.Single().UploadedBy);
        var listed = Assert.Single(await ListAsync());
        Assert.Equal(("acme", "1.0", "origin"), (listed.Name, listed.Version, listed.Upstream));
        Assert.Empty(_pair.Asked);
    }

    [Theory]
    [InlineData("Mine_Tools", ProjectOrigins.Reserved, "mine-*")]
    [InlineData("evil", ProjectOrigins.Blocked, "evil")]
    public async Task Rules_are_told_before_there_is_a_file(string name, string kind, string rule)
    {
        var project = (await FindAsync(name))!;
        Assert.Equal(new ProjectOrigin(kind) { Rule = rule }, project.Origin);
        Assert.Empty(project.Releases);
        Assert.Empty(_pair.Asked);
    }

    [Fact]
    public async Task A_name_that_nobody_asked_for_is_unknown()
    {
        Assert.Null(await FindAsync("other"));
        Assert.Empty(_pair.Asked);
    }

    [Fact]
    public async Task An_upload_that_takes_a_name_is_told_and_audited_once()
    {
        await _pair.Cache.UploadAsync("acme-2.0-py3-none-any.whl", Archives.Wheel(version: "2.0"));
        await _pair.Cache.UploadAsync("acme-2.1-py3-none-any.whl", Archives.Wheel(version: "2.1"));
        await _pair.Cache.UploadAsync("mine_tools-1.0-py3-none-any.whl", Archives.Wheel("mine_tools"));
        Assert.Equal(new ProjectOrigin(ProjectOrigins.Local) { Upstream = "origin" }, (await FindAsync("acme"))!.Origin);
        Assert.Equal(new ProjectOrigin(ProjectOrigins.Local) { Rule = "mine-*" }, (await FindAsync("mine-tools"))!.Origin);
        Assert.All(await ListAsync(), project => Assert.Null(project.Upstream));
        var audit = await _pair.Cache.Http.GetStringAsync(new Uri("api/audit?action=project.taken", UriKind.Relative), Token);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(audit, "the upstream origin has it too"));
    }

    private async Task<ProjectDetail?> FindAsync(string name)
    {
        using var answer = await _pair.Cache.GetAsync($"api/projects/{name}");
        return answer.StatusCode is HttpStatusCode.NotFound ? null : await answer.Content.ReadFromJsonAsync<ProjectDetail>(Token);
    }

    private async Task<IReadOnlyList<ProjectView>> ListAsync() =>
        (await _pair.Cache.Http.GetFromJsonAsync<IReadOnlyList<ProjectView>>(new Uri("api/projects", UriKind.Relative), Token))!;
}
