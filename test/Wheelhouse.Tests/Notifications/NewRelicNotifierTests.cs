using Microsoft.AspNetCore.Http;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class NewRelicNotifierTests : HttpNotifierContract
{
    private const string Guid = "MTIzNDU2N3xBUE18QVBQTElDQVRJT058ODkw";

    protected override string Name => "newrelic";

    protected override string Options => $"{{ key: secret:relic, entity_guid: {Guid}, api: {Receiver.Url}/graphql }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["relic"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver.Say(200, """{"data":{"changeTrackingCreateEvent":{"changeTrackingEvent":{"changeTrackingId":"8a3a594c"},"messages":[]}}}""");
    }

    [Fact]
    public async Task A_success_is_a_deployment_of_the_version()
    {
        await SendAsync(Example(NotificationEvents.Succeeded));
        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("POST", "/graphql", Secret), (request.Method, request.Target, request.Headers["API-Key"]));
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(["query"], request.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            """
            mutation {
              changeTrackingCreateEvent(
                changeTrackingEvent: {
                  categoryAndTypeData: { categoryFields: { deployment: { version: "1.5.0", deepLink: "https://deploy.example/rollouts/01JEXAMPLE" } }, kind: { category: "deployment", type: "basic" } }
                  entitySearch: { query: "id = \u0027MTIzNDU2N3xBUE18QVBQTElDQVRJT058ODkw\u0027" }
                  shortDescription: "billing 1.5.0 runs in production"
                  description: "Before: 1.4.2\nBy ann in 1 min 32 s: Invoices in euros"
                  user: "ann"
                  groupId: "01JEXAMPLE"
                  timestamp: 1772443800000
                  customAttributes: { wheelhouseEvent: "rollout.succeeded", wheelhouseId: "msg_example", link: "https://deploy.example/rollouts/01JEXAMPLE", service: "billing", environment: "production", kind: "deploy", result: "succeeded", rolloutVersion: "1.5.0", previousVersion: "1.4.2", durationSeconds: 92, revertLink: "https://deploy.example/services/billing/production?ask=revert" }
                }
              ) {
                changeTrackingEvent { changeTrackingId }
                messages
              }
            }
            """,
            Query());
    }

    [Theory]
    [InlineData(NotificationEvents.Failed, "1.5.0", "failed")]
    [InlineData(NotificationEvents.Reverted, "1.4.2", "reverted")]
    [InlineData(NotificationEvents.Cancelled, "1.5.0", "cancelled")]
    public async Task The_version_is_what_the_rollout_left(string name, string version, string result)
    {
        await SendAsync(Example(name));
        Assert.Contains($$"""deployment: { version: "{{version}}",""", Query(), StringComparison.Ordinal);
        Assert.Contains($"""result: "{result}", rolloutVersion: "1.5.0", previousVersion: "1.4.2" """.TrimEnd(), Query(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revert_is_a_deployment_of_the_older_version()
    {
        var back = Example(NotificationEvents.Succeeded);
        await SendAsync(back with { Rollout = back.Rollout! with { Kind = "revert", Version = "1.4.2", From = "1.5.0", RevertLink = null } });
        Assert.Contains("""deployment: { version: "1.4.2",""", Query(), StringComparison.Ordinal);
        Assert.Contains("""kind: "revert", result: "succeeded", rolloutVersion: "1.4.2", previousVersion: "1.5.0", durationSeconds: 92 }""", Query(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_rollout_is_an_operational_change()
    {
        await SendAsync(Example(EventTypes.HoldPlaced));
        Assert.Contains("""kind: { category: "operational", type: "other" }""", Query(), StringComparison.Ordinal);
        Assert.DoesNotContain("deployment", Query(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_write_ends_no_string()
    {
        await SendAsync(Example(NotificationEvents.Failed) with { Title = "a\" }) { x } \\", Text = "1\n2 \"\"\" #" });
        Assert.Contains("""shortDescription: "a\u0022 }) { x } \\" """.TrimEnd(), Query(), StringComparison.Ordinal);
        Assert.Contains("""description: "1\n2 \u0022\u0022\u0022 #" """.TrimEnd(), Query(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"Entity not found KEY"}],"data":{"changeTrackingCreateEvent":null}}""", "Entity not found ***", "entity_guid")]
    [InlineData("""{"errors":[{"message":"Invalid API-Key"}]}""", "Invalid API-Key", "secret")]
    [InlineData("""{"data":{"changeTrackingCreateEvent":{"changeTrackingEvent":null}}}""", "says nothing", "entity_guid")]
    [InlineData("""{"data":null}""", "says nothing", "entity_guid")]
    [InlineData("[]", "not NerdGraph's", "api")]
    [InlineData("<html>", "not NerdGraph's", "api")]
    public async Task An_error_in_a_good_answer_is_one(string answer, string message, string fix)
    {
        Receiver.Answer = (_, http) => http.Response.WriteAsync(answer.Replace("KEY", Secret, StringComparison.Ordinal), Token);
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed) with { At = Now }));
        Assert.Contains(message, flaw.Message, StringComparison.Ordinal);
        Assert.Contains(fix, flaw.Fix, StringComparison.Ordinal);
        Assert.False(flaw.IsRefused);
        Assert.DoesNotContain(Secret, flaw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_is_refused_and_holds_nothing_up()
    {
        Receiver.Say(200, """{"errors":[{"message":"timestamp is out of range"}]}""");
        var late = Example(NotificationEvents.Failed) with { At = Now.AddHours(-25) };
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(late));
        Assert.True(flaw.IsRefused);
        Assert.Contains("within 24 hours", flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ key: secret:relic, entity_guid: \"x' OR 1\" }", "GUID")]
    [InlineData("{ key: secret:relic, entity_guid: MTIzNDU2N3w, region: asia }", "us or eu")]
    [InlineData("{ key: NRAK-1, entity_guid: MTIzNDU2N3w }", "name of a secret")]
    [InlineData("{ key: secret:relic, entity_guid: MTIzNDU2N3w, api: \"https://u:p@example.com\" }", "address of a server")]
    public void What_cannot_be_is_told(string yaml, string message) => AssertFlaw(yaml, message);

    private string Query() => Assert.Single(Receiver.Requests).Json.GetProperty("query").GetString()!;
}
