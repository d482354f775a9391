using Wheelhouse.Server.HealthChecks.Http;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Inventory.Static;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Services;

public sealed class ServiceDocumentParserTests
{
    private static ServiceDocument Billing { get; } = Read(DocumentParsing.Billing);

    [Fact]
    public void A_service_says_what_is_installed_and_where()
    {
        Assert.Equal("billing", Billing.Name);
        Assert.Equal("acme-billing[gunicorn]===1.1.0", Billing.RequirementFor("1.1.0"));
        Assert.Equal(["acme-server", "gunicorn"], Billing.MasterPackages.Order());
        Assert.Equal(["billing.wsgi"], Billing.Preflight.Imports);
        Assert.Equal(TimeSpan.FromSeconds(30), Billing.Preflight.Timeout);
    }

    [Fact]
    public void A_process_says_how_it_is_bounced()
    {
        var web = Billing.Processes[0];
        Assert.StartsWith("{current}/bin/python -m gunicorn", Assert.IsType<CommandAction>(web.Start).Command);
        Assert.Equal(new SignalAction("HUP"), web.Reload);
        Assert.Equal(new SignalAction("TERM"), web.Stop);
        Assert.Null(web.Restart);
        Assert.Equal("/run/billing/gunicorn.pid", web.PidFile);
        Assert.Equal(TimeSpan.FromSeconds(45), web.StopTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), web.StartTimeout);
        Assert.Equal(new SystemdAction("billing-worker.service", "user"), Billing.Processes[1].Restart);
    }

    [Fact]
    public void A_check_that_says_the_version_is_the_version_check()
    {
        var check = Assert.Single(Billing.Processes[0].Checks);
        Assert.Same(check, Billing.Processes[0].VersionCheck);
        Assert.Equal("version", Assert.IsType<HttpOptions>(check.Options).Expect.Json?.Path);
        Assert.Equal((5, TimeSpan.FromSeconds(20)), (check.Successes, check.Within));
        Assert.Null(Billing.Processes[1].VersionCheck);
        Assert.Equal(["tcp", "command"], Billing.Processes[1].Checks.Select(other => other.Kind.Name));
    }

    [Theory]
    [InlineData("20s", 5)]
    [InlineData("3s", 1)]
    [InlineData("3s\n      timeout: 3s", 3)]
    public void A_try_that_hangs_leaves_time_for_others(string within, int seconds)
    {
        var document = DocumentParsing.Billing.Replace("within: 20s", $"within: {within}", StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(seconds), DocumentParsing.Parser.Parse(document).Services[0].Document.Processes[0].Checks[0].Timeout);
    }

    [Fact]
    public void An_environment_takes_over_what_it_does_not_say()
    {
        var (staging, production) = (Billing.Find("staging")!, Billing.Find("production")!);
        Assert.True(staging.Automatic);
        Assert.False(production.Automatic);
        Assert.Equal(("/srv/billing", "/srv/billing-live"), (staging.Root, production.Root));
        Assert.Equal(("3.11", "billing"), (production.Python, production.User));
        Assert.Equal(TimeSpan.FromSeconds(20), production.Drain?.Timeout);
        Assert.Equal("/usr/local/bin/lb undrain", production.Undrain?.Command);
        Assert.Equal(7, production.Policy.Keep);
        Assert.Equal(["1", "25%"], production.Policy.Batches.Select(batch => batch.ToString()));
        Assert.Equal(["1"], staging.Policy.Batches.Select(batch => batch.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(90), production.Policy.Soak);
        Assert.True(production.Policy.PauseOnFailure);
        Assert.Equal(new NodeCount(10, IsPercent: true), production.Policy.FailureBudget);
    }

    [Fact]
    public void Nodes_may_be_written_short_or_in_full()
    {
        var staging = Assert.IsType<StaticOptions>(Assert.IsType<InventoryQuery>(Billing.Find("staging")!.Nodes).Options).Nodes.Select(node => node.ToNode()).ToList();
        Assert.Equal(["app1.stg", "app2.stg", "2001:db8::1"], staging.Select(node => node.Name));
        Assert.Equal(("deploy", 2222), (staging[1].User, staging[1].Port));
        var production = Assert.IsType<StaticOptions>(Assert.IsType<InventoryQuery>(Billing.Find("production")!.Nodes).Options).Nodes[0].ToNode();
        Assert.Equal(("p1", "10.0.0.1", "bastion", "a"), (production.Name, production.Address, production.Jump, production.Labels["zone"]));
    }

    [Fact]
    public void A_file_may_hold_several_services_and_each_keeps_its_own_text()
    {
        var second = DocumentParsing.Billing.Replace("service: billing", "service: other", StringComparison.Ordinal);
        var parsed = DocumentParsing.Parser.Parse($"# the first\n{DocumentParsing.Billing}---\n# the second\n{second}");
        Assert.Empty(parsed.Errors);
        Assert.Equal(["billing", "other"], parsed.Services.Select(service => service.Document.Name));
        Assert.Equal($"# the first\n{DocumentParsing.Billing}", parsed.Services[0].Yaml);
        Assert.Equal($"# the second\n{second}", parsed.Services[1].Yaml);
    }

    [Fact]
    public void An_alias_repeats_what_its_anchor_named()
    {
        var yaml = DocumentParsing.Billing
            .Replace("policy: { keep: 7 }", "policy: &policy { keep: 9 }", StringComparison.Ordinal)
            .Replace("deploy: automatic", "policy: *policy", StringComparison.Ordinal);
        Assert.Equal(9, Read(yaml).Find("staging")!.Policy.Keep);
    }

    private static ServiceDocument Read(string yaml)
    {
        var parsed = DocumentParsing.Parser.Parse(yaml);
        Assert.Empty(parsed.Errors);
        return Assert.Single(parsed.Services).Document;
    }
}
