using System.Text.Json;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class DatadogNotifierTests : HttpNotifierContract
{
    protected override string Name => "datadog";

    protected override string Options => $"{{ key: secret:dog, api: {Receiver.Url}, tags: [team:payments] }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["dog"] = Secret };

    [Fact]
    public async Task A_success_is_an_event_with_the_tags_of_the_service()
    {
        await SendAsync(Example(NotificationEvents.Succeeded));
        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("POST", "/api/v1/events", Secret), (request.Method, request.Target, request.Headers["DD-API-KEY"]));
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        var expected = new
        {
            title = "billing 1.5.0 runs in production",
            text = "Before: 1.4.2\nBy ann in 1 min 32 s: Invoices in euros\n1.4.2 → 1.5.0\nhttps://deploy.example/rollouts/01JEXAMPLE\nRevert: https://deploy.example/services/billing/production?ask=revert",
            date_happened = 1772443800,
            alert_type = "success",
            aggregation_key = "01JEXAMPLE",
            tags = new[] { "source:wheelhouse", "event:rollout.succeeded", "service:billing", "env:production", "version:1.5.0", "kind:deploy", "result:succeeded", "team:payments" },
        };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(request.Json));
    }

    [Theory]
    [InlineData(NotificationEvents.Failed, "error", "version:1.5.0", "result:failed")]
    [InlineData(NotificationEvents.Reverted, "error", "version:1.4.2", "result:reverted")]
    [InlineData(NotificationEvents.Cancelled, "warning", "version:1.5.0", "result:cancelled")]
    [InlineData(NotificationEvents.Started, "info", "version:1.5.0", "result:running")]
    public async Task The_type_tells_the_result(string name, string type, string version, string result)
    {
        await SendAsync(Example(name));
        var json = Assert.Single(Receiver.Requests).Json;
        Assert.Equal(type, json.GetProperty("alert_type").GetString());
        Assert.Subset(json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ToHashSet(), new HashSet<string?> { version, result });
    }

    [Fact]
    public async Task A_revert_is_a_success_of_its_kind()
    {
        var back = Example(NotificationEvents.Succeeded);
        await SendAsync(back with { Rollout = back.Rollout! with { Kind = "revert", Version = "1.4.2", From = "1.5.0", RevertLink = null } });
        var json = Assert.Single(Receiver.Requests).Json;
        Assert.Subset(json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ToHashSet(), new HashSet<string?> { "kind:revert", "version:1.4.2" });
        Assert.DoesNotContain("Revert: ", json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_cut_and_text_is_no_markdown()
    {
        await SendAsync(Example(EventTypes.HoldPlaced) with { Title = new string('x', 300), Text = "%%%\n# big\n%%%" });
        var json = Assert.Single(Receiver.Requests).Json;
        Assert.InRange(json.GetProperty("title").GetString()!.Length, 90, 101);
        Assert.DoesNotContain("%%%", json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("msg_example", json.GetProperty("aggregation_key").GetString());
    }

    [Theory]
    [InlineData("{ key: secret:dog, site: example.com }", "not a site")]
    [InlineData("{ key: secret:dog, site: evildatadoghq.com }", "not a site")]
    [InlineData("{ key: 0123abc }", "name of a secret")]
    [InlineData("{ key: secret:dog, tags: [\"a b\"] }", "not a tag")]
    [InlineData("{ key: secret:dog, api: dog.example.com }", "address of a server")]
    public void What_cannot_be_is_told(string yaml, string message) => AssertFlaw(yaml, message);
}
