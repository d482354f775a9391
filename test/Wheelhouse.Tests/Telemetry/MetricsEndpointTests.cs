using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Rollouts.Reports;

namespace Wheelhouse.Tests.Telemetry;

/// <summary>Who may read <c>/metrics</c>, and what is there.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_need_a_token_of_a_viewer_that_is_not_limited_to_some_services()
    {
        await using var server = await TestServer.StartAsync(Token);
        using var admin = server.Admin;
        var viewer = await admin.CreateTokenAsync(new TokenRequest { Name = "prometheus", Role = Roles.Viewer }, Token);
        var limited = await admin.CreateTokenAsync(new TokenRequest { Name = "team", Role = Roles.Viewer, Services = ["shop"] }, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, token: null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, viewer.Token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, limited.Token));
    }

    [Fact]
    public async Task They_need_none_when_the_settings_say_so_and_are_not_there_when_they_are_switched_off()
    {
        await using var open = await TestServer.StartAsync(Token, Settings("telemetry.anonymous_metrics", "true"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(open, token: null));
        await using var off = await TestServer.StartAsync(Token, Settings("telemetry.metrics", "false"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(off, TestServer.AdminToken));
    }

    [Fact]
    public async Task Answers_of_the_index_are_counted_by_kind_and_status_also_those_that_never_reach_the_routes()
    {
        await using var server = await TestServer.StartAsync(Token, Settings("anonymous_read", "true"));
        using var http = server.Http();
        foreach (var path in (string[])["/simple/", "/simple/", "/simple/nothing/", "/pypi/nothing/json", "/api/projects"]) await GetAsync(http, path);
        using var upload = await http.PostAsync(new Uri("/legacy/", UriKind.Relative), new StringContent(""), Token);

        var counts = server.Services.GetRequiredService<Wheelhouse.Server.Index.Measured.IndexRequests>().Read().ToDictionary(entry => (entry.Route, entry.Status), entry => entry.Count);

        Assert.Equal(2, counts[("list", 200)]);
        Assert.Equal(1, counts[("page", 404)]);
        Assert.Equal(1, counts[("json", 404)]);
        Assert.Equal(1, counts[("upload", (int)upload.StatusCode)]);
        Assert.Equal(4, counts.Count);
    }

    [Fact]
    public async Task Rollouts_are_counted_with_their_phases()
    {
        await using var server = await TestServer.StartAsync(Token);
        var record = EndedRollout.Record();
        record.Row.Service = $"s{Guid.NewGuid():N}";
        server.Services.GetRequiredService<RolloutMetrics>().Count(record);
        using var http = server.Http();

        var metrics = await ScrapedMetrics.ReadAsync(http, Token);

        Assert.Equal(1, metrics[$$"""wheelhouse_rollouts_ended_total{environment="production",result="reverted",service="{{record.Row.Service}}"}"""]);
        Assert.True(metrics["""wheelhouse_rollouts_phase_duration_seconds_count{phase="activate"}"""] >= 2, metrics.Text);
        Assert.True(metrics["""wheelhouse_rollouts_duration_seconds_sum{kind="deploy",result="reverted"}"""] >= 95, metrics.Text);
    }

    private static Dictionary<string, string> Settings(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static async Task GetAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        using var answer = await http.SendAsync(request, Token);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string? token)
    {
        using var http = server.Http(token);
        using var answer = await http.GetAsync(Metrics, Token);
        return answer.StatusCode;
    }
}
