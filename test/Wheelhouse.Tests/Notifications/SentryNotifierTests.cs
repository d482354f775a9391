using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class SentryNotifierTests : HttpNotifierContract
{
    private const string Releases = "/api/0/organizations/acme/releases/";

    protected override string Name => "sentry";

    protected override string Options => $"{{ url: {Receiver.Url}, organization: acme, projects: [billing, web], token: secret:sentry, prefix: billing@ }}";

    protected override string Told => NotificationEvents.Succeeded;

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["sentry"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Knows("[]");
    }

    [Fact]
    public async Task A_success_is_a_release_and_its_deploy()
    {
        await SendAsync(Example(NotificationEvents.Succeeded));
        Assert.Equal(
            [("POST", Releases), ("GET", Releases + "billing%401.5.0/deploys/"), ("POST", Releases + "billing%401.5.0/deploys/")],
            Receiver.Requests.Select(request => (request.Method, Escaped(request.Target))));
        Assert.All(Receiver.Requests, request => Assert.Equal($"Bearer {Secret}", request.Headers["Authorization"]));
        AssertJson(new { version = "billing@1.5.0", projects = (string[])["billing", "web"] }, Receiver.Requests[0]);
        AssertJson(new
        {
            environment = "production",
            name = "01JEXAMPLE",
            url = "https://deploy.example/rollouts/01JEXAMPLE",
            dateStarted = "2026-03-02T09:28:28+00:00",
            dateFinished = "2026-03-02T09:30:00+00:00",
            projects = (string[])["billing", "web"],
        }, Receiver.Requests[2]);
    }

    [Fact]
    public async Task A_rollout_that_was_taken_back_is_a_deploy_of_what_runs_again()
    {
        await SendAsync(Example(NotificationEvents.Reverted));
        Assert.Equal("billing@1.4.2", Receiver.Requests[0].Json.GetProperty("version").GetString());
        Assert.Equal(Releases + "billing%401.4.2/deploys/", Escaped(Receiver.Requests[2].Target));
    }

    [Fact]
    public async Task A_revert_is_a_deploy_of_the_older_version()
    {
        var back = Example(NotificationEvents.Succeeded);
        await SendAsync(back with { Rollout = back.Rollout! with { Kind = "revert", Version = "1!1.4.2+corp.1", From = "1.5.0", RevertLink = null } });
        Assert.Equal("billing@1!1.4.2+corp.1", Receiver.Requests[0].Json.GetProperty("version").GetString());
        Assert.Equal(3, Receiver.Requests.Count);
    }

    [Theory]
    [InlineData(NotificationEvents.Started)]
    [InlineData(NotificationEvents.Failed)]
    [InlineData(NotificationEvents.Cancelled)]
    [InlineData(EventTypes.HoldPlaced)]
    public async Task What_changes_nothing_is_not_told(string name)
    {
        await SendAsync(Example(name));
        var first = Example(NotificationEvents.Reverted);
        await SendAsync(first with { Rollout = first.Rollout! with { From = null } });
        Assert.Empty(Receiver.Requests);
        Assert.StartsWith("Nothing", Notifier.Preview(Bind(Options), Example(name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_no_second_deploy()
    {
        Knows("""[{"id":"7","name":null},{"id":"8","name":"01JEXAMPLE"}]""");
        await SendAsync(Example(NotificationEvents.Succeeded));
        Assert.Equal(["POST", "GET"], Receiver.Requests.Select(request => request.Method));
        Knows("<html>");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Succeeded)));
        Assert.Contains("not Sentry's", flaw.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ url: sentry.io, organization: acme, projects: [a], token: secret:sentry }", "address of a server")]
    [InlineData("{ organization: ../x, projects: [a], token: secret:sentry }", "slug of an organization")]
    [InlineData("{ organization: acme, projects: [], token: secret:sentry }", "add one")]
    [InlineData("{ organization: acme, projects: [A b], token: secret:sentry }", "slug of a project")]
    [InlineData("{ organization: acme, projects: [a], token: sntrys_x }", "name of a secret")]
    [InlineData("{ organization: acme, projects: [a], token: secret:sentry, prefix: a/b }", "slashes")]
    public void What_cannot_be_is_told(string yaml, string message) => AssertFlaw(yaml, message);

    private void Knows(string deploys) => Receiver.Answer = (request, http) =>
    {
        http.Response.StatusCode = request.Method == "GET" ? 200 : 201;
        return http.Response.WriteAsync(request.Method == "GET" ? deploys : "{}", Token);
    };

    private static string Escaped(string target) => target.Replace("@", "%40", StringComparison.Ordinal);

    private static void AssertJson(object expected, ReceivedRequest request) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(request.Json));
}
