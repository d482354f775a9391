using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Tests.Cli;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Delivery;

/// <summary>Which commits a release contains: said once, kept as an event, checked field by field.</summary>
public sealed class ReleaseCommitsTests : IAsyncLifetime
{
    private const string Head = "9fceb02d0ae598e95dc970b74767f19372d61af8";
    private static readonly DateTimeOffset At = new(2030, 2, 3, 14, 3, 9, TimeSpan.FromHours(1));
    private readonly TempFolder _folder = new();
    private TestServer _server = null!;
    private WheelhouseClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Token);
        _admin = _server.Admin;
        foreach (var version in (string[])["1.0", "1.1", "1.2rc1", "1.2"])
            await File.WriteAllBytesAsync(_folder[$"acme_billing-{version}-py3-none-any.whl"], Archives.Wheel("acme_billing", version), Token);
        using var cli = new CliRunner(_server.Url.ToString(), TestServer.AdminToken);
        var published = await cli.RunAsync(["publish", .. Directory.GetFiles(_folder.Root)]);
        Assert.True(published.Code == 0, published.Error);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_said_is_an_event_once_and_something_else_replaces_it()
    {
        await _admin.SetReleaseCommitsAsync("Acme.Billing", "1.0.0", Said(Commit(1)), Token);
        await _admin.SetReleaseCommitsAsync("acme-billing", "1.0", Said(Commit(1)), Token);
        Assert.Single(await EventsAsync());
        var known = Assert.Single(await _admin.ListReleaseCommitsAsync("acme_billing", Token));
        Assert.Equal(("1.0", Head, null, At), (known.Version, known.Commit, known.Previous, Assert.Single(known.Commits).At));

        await _admin.SetReleaseCommitsAsync("acme-billing", "1.1", Said(Commit(2)) with { Previous = "1.0.0" }, Token);
        Assert.Equal("1.0", (await _admin.ListReleaseCommitsAsync("acme-billing", Token))[0].Previous);
        await _admin.SetReleaseCommitsAsync("acme-billing", "1.0", Said(), Token);
        Assert.Equal(3, (await EventsAsync()).Count);
        Assert.Equal([("1.0", 0), ("1.1", 1)], (await _admin.ListReleaseCommitsAsync("acme-billing", Token)).Select(release => (release.Version, release.Commits.Count)));
        Assert.Empty(await _admin.ListReleaseCommitsAsync("acme", Token));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_nothing_is_recorded()
    {
        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => _admin.SetReleaseCommitsAsync("acme-billing", "1.1", Said() with { Previous = "1.1.0" }, Token));
        Assert.Equal((400, ProblemCodes.InvalidRequest, "previous"), (refusal.Problem.Status, refusal.Problem.Code, Assert.Single(refusal.Problem.Errors!).Field));
        Assert.Empty(await EventsAsync());
    }

    [Theory]
    [InlineData("acme-billing", "9.9")]
    [InlineData("acme-billing", "newest")]
    [InlineData("acme-nothing", "1.0")]
    public async Task Of_a_release_that_is_not_there_nothing_is_said(string project, string version)
    {
        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => _admin.SetReleaseCommitsAsync(project, version, Said(), Token));
        Assert.Equal((404, ProblemCodes.UnknownRelease), (refusal.Problem.Status, refusal.Problem.Code));
    }

    [Fact]
    public async Task Only_who_may_upload_the_project_may_say_it()
    {
        foreach (var (role, projects) in (IEnumerable<(string, string[])>)[(Roles.Viewer, []), (Roles.Publisher, ["acme-other"])])
        {
            var made = await _admin.CreateTokenAsync(new TokenRequest { Name = $"{role}-of-none", Role = role, Projects = projects }, Token);
            using var other = _server.As(made.Token);
            var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => other.SetReleaseCommitsAsync("acme-billing", "1.0", Said(), Token));
            Assert.Equal(403, refusal.Problem.Status);
        }

        var right = await _admin.CreateTokenAsync(new TokenRequest { Name = "publisher-of-it", Role = Roles.Publisher, Projects = ["acme-billing"] }, Token);
        using var publisher = _server.As(right.Token);
        await publisher.SetReleaseCommitsAsync("acme-billing", "1.0", Said(), Token);
    }

    [Fact]
    public async Task What_is_not_deployed_yet_has_the_commits_of_every_newer_release()
    {
        await _admin.ApplyAsync(DeliveryEndpointTests.Document("billing", ""), Token);
        await _admin.SetReleaseCommitsAsync("acme-billing", "1.0", Said(Commit(1)), Token);
        await _admin.SetReleaseCommitsAsync("acme-billing", "1.2rc1", Said(Commit(3), Commit(2)) with { Previous = "1.0" }, Token);
        await _admin.SetReleaseCommitsAsync("acme-billing", "1.2", Said(Commit(4)) with { Previous = "1.2rc1" }, Token);
        await _admin.YankAsync("acme-billing", "1.0", file: null, reason: null, Token);

        var view = await _admin.GetUndeployedAsync("billing", "production", Token);
        Assert.Equal(("billing", "production", null), (view.Service, view.Environment, view.Running));
        Assert.Equal([("1.2", 4), ("1.1", -1)], view.Releases.Select(release => (release.Version, release.Commits?.Count ?? -1)));
    }

    private static ReleaseCommitsRequest Said(params IReadOnlyList<CommitView> commits) => new(Head, commits);

    private static CommitView Commit(int number) => new(number.ToString("x40", CultureInfo.InvariantCulture), At, "Ada", "Round half to even", "https://git.example.org/acme/billing/commit/1");

    private async Task<IReadOnlyList<EventView>> EventsAsync() =>
        [.. (await _server.Services.GetRequiredService<EventReader>().ReadAsync(new EventFilter(), 0, Token)).Where(view => view.Type == EventTypes.ReleaseCommits)];
}
