using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Delivery;

/// <summary>Delivery metrics over HTTP: what is asked for, who may see it, and what is wrong.</summary>
public sealed class DeliveryEndpointTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private WheelhouseClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Token);
        _admin = _server.Admin;
        await _admin.ApplyAsync($"{Document("billing", "team: payments")}---\n{Document("shop", "")}", Token);
        var log = _server.Services.GetRequiredService<EventLog>();
        foreach (var (service, environment, state) in (IEnumerable<(string, string, string)>)[("billing", "staging", RolloutStates.Succeeded), ("billing", "production", RolloutStates.Succeeded), ("shop", "production", RolloutStates.Failed)])
            await log.AppendAsync(DeliveryDatabase.Ended(service, environment, RolloutKinds.Deploy, state, "1.0", from: null), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_last_environment_of_each_service_is_counted_unless_another_is_named()
    {
        Assert.Equal((2, 1), await CountAsync(new DeliveryQuery()));
        Assert.Equal((1, 0), await CountAsync(new DeliveryQuery { Environment = "staging" }));
        Assert.Equal((3, 1), await CountAsync(new DeliveryQuery { Environment = DeliveryQuery.EveryEnvironment }));
        Assert.Equal((1, 0), await CountAsync(new DeliveryQuery { Team = "payments" }));
        Assert.Equal((1, 1), await CountAsync(new DeliveryQuery { Service = "shop" }));
        Assert.Equal((0, 0), await CountAsync(new DeliveryQuery { To = "2020-01-01" }));
    }

    [Fact]
    public async Task A_service_shows_its_team()
    {
        Assert.Equal("payments", (await _admin.GetServiceAsync("billing", Token)).Team);
        Assert.Equal([("billing", "payments"), ("shop", null)], (await _admin.GetDeliveryAsync(new DeliveryQuery(), Token)).Services.Select(service => (service.Service, service.Team)));
    }

    [Fact]
    public async Task A_token_that_is_limited_to_services_sees_no_others_in_any_figure()
    {
        var made = await _admin.CreateTokenAsync(new TokenRequest { Name = "of-billing", Role = Roles.Viewer, Services = ["billing"] }, Token);
        using var limited = _server.As(made.Token);
        var view = await limited.GetDeliveryAsync(new DeliveryQuery(), Token);
        Assert.Equal(("billing", 1, 0), (Assert.Single(view.Services).Service, view.Total.Deployments, view.Total.Failed));
        Assert.DoesNotContain("shop", await limited.GetDeliveryCsvAsync(new DeliveryQuery(), Token), StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.GetDeliveryAsync(new DeliveryQuery { Service = "shop" }, Token));
        Assert.Equal(403, refusal.Problem.Status);
        refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.GetUndeployedAsync("shop", "production", Token));
        Assert.Equal(403, refusal.Problem.Status);
    }

    [Theory]
    [InlineData("service=nothing", 404, "There is no service 'nothing'")]
    [InlineData("team=nobody", 404, "There is no service of a team 'nobody'")]
    [InlineData("environment=moon", 404, "No service has an environment 'moon'")]
    [InlineData("from=soon", 400, "from is 'soon'")]
    [InlineData("bucket=year", 400, "bucket is 'year'")]
    public async Task What_is_wrong_is_named(string query, int status, string message)
    {
        using var http = _server.Http();
        foreach (var path in (string[])["/api/delivery", "/api/delivery.csv"])
        {
            using var answer = await http.GetAsync(new Uri($"{path}?{query}", UriKind.Relative), Token);
            Assert.Equal((HttpStatusCode)status, answer.StatusCode);
            Assert.Contains(message, (await answer.Content.ReadAsStringAsync(Token)).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_csv_is_a_file_with_the_rows_of_the_query()
    {
        using var http = _server.Http();
        using var answer = await http.GetAsync(new Uri("/api/delivery.csv?service=billing&bucket=month&from=&team=", UriKind.Relative), Token);
        Assert.Equal(("text/csv", "delivery.csv"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName));
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("from,to,service,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",billing,payments,production,1,0,0,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_it_without_a_token()
    {
        using var http = _server.Http(null);
        foreach (var path in (string[])["/api/delivery", "/api/delivery.csv", "/api/projects/acme/commits", "/api/services/billing/environments/production/undeployed"])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private async Task<(int Deployments, int Failed)> CountAsync(DeliveryQuery query)
    {
        var total = (await _admin.GetDeliveryAsync(query, Token)).Total;
        return (total.Deployments, total.Failed);
    }

    internal static string Document(string name, string more) => $$"""
        service: {{name}}
        {{more}}
        package: acme-{{name}}
        python: "3.11"
        root: /srv/{{name}}
        processes:
          - name: web
            start: { systemd: web.service }
            restart: { systemd: web.service }
            check: { tcp: 9000 }
        environments:
          - { name: staging, nodes: { static: [app1.stg] } }
          - { name: production, nodes: { static: [app1] } }

        """;
}
