using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class GrafanaNotifierTests : HttpNotifierContract
{
    private const long Began = 1772443708000;
    private const long Ended = 1772443800000;

    protected override string Name => "grafana";

    protected override string Options => $"{{ url: {Receiver.Url}/grafana/, token: secret:graf, dashboard_uid: jcIIG-07z, panel_id: 2, tags: [deploys] }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["graf"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver.Say(200, """{"message":"Annotation added","id":1145}""");
    }

    [Fact]
    public async Task A_rollout_is_an_annotation_that_becomes_a_region()
    {
        var reference = await SendAsync(Example(NotificationEvents.Started));
        Assert.Equal("1145", reference);
        Receiver.Say(200, """{"message":"Annotation patched"}""");
        Assert.Equal("1145", await SendAsync(Example(NotificationEvents.Succeeded), reference));
        Assert.Equal([("POST", "/grafana/api/annotations"), ("PATCH", "/grafana/api/annotations/1145")], Receiver.Requests.Select(request => (request.Method, request.Target)));
        Assert.All(Receiver.Requests, request => Assert.Equal($"Bearer {Secret}", request.Headers["Authorization"]));
        string[] about = ["wheelhouse", "service:billing", "environment:production", "kind:deploy"];
        AssertJson(new
        {
            dashboardUID = "jcIIG-07z",
            panelId = 2,
            time = Began,
            tags = (string[])[.. about, "deploys"],
            text = "<b>Deploying billing 1.4.2 → 1.5.0 in production</b><br>1.4.2 → 1.5.0<br>By ann in 1 min 32 s: Invoices in euros<br>" + Links,
        }, Receiver.Requests[0]);
        AssertJson(new
        {
            time = Began,
            timeEnd = Ended,
            tags = (string[])[.. about, "result:succeeded", "deploys"],
            text = "<b>billing 1.5.0 runs in production</b><br>1.4.2 → 1.5.0<br>Before: 1.4.2<br>By ann in 1 min 32 s: Invoices in euros<br>" + Links,
        }, Receiver.Requests[1]);
    }

    [Theory]
    [InlineData(NotificationEvents.Failed, "result:failed")]
    [InlineData(NotificationEvents.Reverted, "result:reverted")]
    public async Task An_end_without_a_beginning_is_a_region_of_its_own(string name, string result)
    {
        await SendAsync(Example(name));
        var json = Assert.Single(Receiver.Requests).Json;
        Assert.Equal((Began, Ended), (json.GetProperty("time").GetInt64(), json.GetProperty("timeEnd").GetInt64()));
        Assert.Contains(result, json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Fact]
    public async Task An_annotation_that_somebody_deleted_is_made_again()
    {
        Receiver.Answer = (request, http) =>
        {
            if (request.Method == "PATCH") http.Response.StatusCode = 404;
            return http.Response.WriteAsync(request.Method == "PATCH" ? "{}" : """{"id":1200}""", Token);
        };
        Assert.Equal("1200", await SendAsync(Example(NotificationEvents.Failed), "1145"));
        Assert.Equal(["PATCH", "POST"], Receiver.Requests.Select(request => request.Method));
        Receiver.Say(200, "not json");
        Assert.Null(await SendAsync(Example(NotificationEvents.Started)));
    }

    [Fact]
    public async Task A_revert_is_a_region_and_what_is_no_rollout_a_line()
    {
        var back = Example(NotificationEvents.Succeeded);
        await SendAsync(back with { Rollout = back.Rollout! with { Kind = "revert", Version = "1.4.2", From = "1.5.0", RevertLink = null } });
        Assert.Null(await SendAsync(Example(EventTypes.HoldPlaced)));
        Assert.Contains("kind:revert", Receiver.Requests[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ask=revert", Receiver.Requests[0].Text, StringComparison.Ordinal);
        Assert.Equal(Ended, Receiver.Requests[1].Json.GetProperty("time").GetInt64());
        Assert.False(Receiver.Requests[1].Json.TryGetProperty("timeEnd", out _));
    }

    [Fact]
    public async Task What_people_write_is_no_markup()
    {
        await SendAsync(Example(NotificationEvents.Failed) with { Title = "<img src=x onerror=alert(1)>", Text = "a & b" });
        var text = Assert.Single(Receiver.Requests).Json.GetProperty("text").GetString();
        Assert.StartsWith("<b>&lt;img src=x onerror=alert(1)&gt;</b><br>", text, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ url: grafana.example.com, token: secret:graf }", "address of a server")]
    [InlineData("{ url: https://grafana.example.com, token: glsa_x }", "name of a secret")]
    [InlineData("{ url: https://grafana.example.com, token: secret:graf, panel_id: 2 }", "dashboard_uid")]
    [InlineData("{ url: https://grafana.example.com, token: secret:graf, dashboard_uid: x, panel_id: 0 }", "1 or more")]
    [InlineData("{ url: https://grafana.example.com, token: secret:graf, tags: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx] }", "at most 100")]
    public void What_cannot_be_is_told(string yaml, string message) => AssertFlaw(yaml, message);

    private const string Links = """<a href="https://deploy.example/rollouts/01JEXAMPLE">Look at it</a><br><a href="https://deploy.example/services/billing/production?ask=revert">Revert</a>""";

    private static void AssertJson(object expected, ReceivedRequest request) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(request.Json));
}
