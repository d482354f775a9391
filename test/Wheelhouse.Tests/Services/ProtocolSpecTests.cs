using System.Text.Json.Nodes;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Services;

public sealed class ProtocolSpecTests
{
    private static readonly ServiceDocument Billing = DocumentParsing.Parser.Parse(
        DocumentParsing.Billing.Replace("/run/billing/gunicorn.pid", "\"{root}/run/gunicorn.pid\"", StringComparison.Ordinal)).Services[0].Document;

    [Fact]
    public void A_process_is_what_the_node_protocol_says() => AssertJson(
        """
        {"name":"web","environment":{"TZ":"UTC","LEVEL":"debug"},"pidfile":"/srv/billing-live/run/gunicorn.pid",
         "start":{"command":"{current}/bin/python -m gunicorn -D -c /etc/billing/gunicorn.py billing.wsgi"},
         "reload":{"signal":"HUP"},"restart":null,"stop":{"signal":"TERM"},"stop_timeout_s":45,"start_timeout_s":30}
        """,
        ProcessSpec.Build(Billing.Find("production")!, Billing.Processes[0]));

    [Fact]
    public void Systemd_is_asked_in_its_scope() => AssertJson(
        """{"systemd":"billing-worker.service","scope":"user"}""", ProcessSpec.BuildAll(Billing, Billing.Environments[0])[1]!["restart"]!);

    [Fact]
    public void A_check_carries_the_expected_version_and_its_times() => AssertJson(
        """
        {"kind":"http","url":"http://127.0.0.1:8000/health","socket":null,"method":"GET","headers":{},
         "expect":{"status":null,"contains":null,"json":{"path":"version","equals":"1.1.0"}},"redirects":0,"verify_tls":true,
         "successes":5,"interval_s":0.1,"timeout_s":5,"within_s":20}
        """,
        CheckSpec.Build(Billing.Environments[0], Billing.Processes[0].Checks[0], "1.1.0"));

    [Fact]
    public void The_preflight_says_what_to_import() => AssertJson(
        """{"imports":["billing.wsgi"],"applications":[],"command":null,"environment":{"TZ":"UTC","LEVEL":"info"},"timeout_s":30}""",
        PreflightSpec.Build(Billing, Billing.Find("production")!));

    [Fact]
    public void By_default_it_imports_the_applications_that_start_commands_name_with_their_variables() => AssertJson(
        """
        {"imports":null,"applications":[{"imports":["billing.wsgi"],"environment":{"TZ":"UTC","LEVEL":"debug"}}],
         "command":null,"environment":{"TZ":"UTC","LEVEL":"info"},"timeout_s":30}
        """,
        PreflightSpec.Build(Billing with { Preflight = Billing.Preflight with { Imports = null } }, Billing.Find("production")!));

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.ToJsonString())), actual.ToJsonString());
}
