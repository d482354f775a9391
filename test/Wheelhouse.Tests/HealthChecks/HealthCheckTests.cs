using System.Text.Json.Nodes;
using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.HealthChecks.Command;
using Wheelhouse.Server.HealthChecks.Http;
using Wheelhouse.Server.HealthChecks.Tcp;

namespace Wheelhouse.Tests.HealthChecks;

public sealed class HttpCheckTests : HealthCheckContract
{
    protected override IHealthCheck Kind { get; } = new HttpCheck();

    protected override string Options => """
        { http: "https://localhost/health", socket: "{root}/web.sock", host: billing.example, method: GET, headers: { X-Version: "{version}" },
          expect: { status: [200, 204], contains: "v{version}", json: { path: app.version, equals: "{version}" } }, redirects: 2, verify_tls: false }
        """;

    [Fact]
    public void Everything_reaches_the_node_with_placeholders_filled_in() => AssertJson(
        """
        {"kind":"http","url":"https://localhost/health","socket":"/srv/billing/web.sock","method":"GET","headers":{"X-Version":"1.1.0","Host":"billing.example"},
         "expect":{"status":[200,204],"contains":"v1.1.0","json":{"path":"app.version","equals":"1.1.0"}},"redirects":2,"verify_tls":false}
        """,
        Build(Options));

    [Fact]
    public void By_default_any_2xx_will_do() => AssertJson(
        """
        {"kind":"http","url":"http://localhost/","socket":null,"method":"GET","headers":{},
         "expect":{"status":null,"contains":null,"json":null},"redirects":0,"verify_tls":true}
        """,
        Build("{ http: http://localhost/ }"));

    [Theory]
    [InlineData("{ http: http://h/, expect: { json: version } }", true)]
    [InlineData("{ http: http://h/, expect: { contains: 'v{version}' } }", true)]
    [InlineData("{ http: http://h/, expect: { json: { path: status, equals: ok } } }", false)]
    [InlineData("{ http: http://h/ }", false)]
    public void It_says_the_version_when_the_version_is_expected(string yaml, bool says) => Assert.Equal(says, Kind.SaysVersion(Bind(yaml)));

    private static void AssertJson(string expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}

public sealed class TcpCheckTests : HealthCheckContract
{
    protected override IHealthCheck Kind { get; } = new TcpCheck();

    protected override string Options => "{ tcp: '[::1]:9000' }";

    [Theory]
    [InlineData("9000", "127.0.0.1", 9000)]
    [InlineData("db.example:5432", "db.example", 5432)]
    [InlineData("'[::1]:9000'", "::1", 9000)]
    public void A_port_alone_is_on_the_node_itself(string yaml, string host, int port)
    {
        var check = Build($"{{ tcp: {yaml} }}");
        Assert.Equal((host, port), (check["host"]!.GetValue<string>(), check["port"]!.GetValue<int>()));
    }
}

public sealed class CommandCheckTests : HealthCheckContract
{
    protected override IHealthCheck Kind { get; } = new CommandCheck();

    protected override string Options => "{ command: '{current}/bin/billing-check --expect {version}' }";

    [Fact]
    public void The_node_fills_in_the_placeholders_of_a_command() =>
        Assert.Equal("{current}/bin/billing-check --expect {version}", Build(Options)["command"]!.GetValue<string>());
}
