using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Services;

/// <summary>Bad documents: one change to a good one each, with the line, the field and the words that a person then sees.</summary>
public sealed class ServiceDocumentErrorTests
{
    [Theory]
    [InlineData("service: billing", "service: Billing App", 1, "service", "is not a name", "Write 'billing-app'.")]
    [InlineData("service: billing", "servce: billing", 1, "servce", "is not a known key", "Did you mean 'service'?")]
    [InlineData("service: billing", "service: new", 1, "service", "cannot be called 'new'", "Choose another name.")]
    [InlineData("service: billing", "service: -billing", 1, "service", "is not a name", "Write 'billing'.")]
    [InlineData("service: billing", "service: [billing]", 1, "service", "must be text, but it is a list")]
    [InlineData("service: billing", "service:", 1, "service", "'service' is missing")]
    [InlineData("service: billing", "service: billing\nservice: again", 2, "service", "given twice; the first is in line 1")]
    [InlineData("service: billing", "service: !name billing", 1, "", "Tags such as !name are not supported")]
    [InlineData("service: billing", "service: \"bil\\x07ling\"", 1, "", "control character")]
    [InlineData("acme-billing[gunicorn]", "acme-billing==1.0", 2, "package", "must have no version", "Write 'acme-billing'.")]
    [InlineData("acme-billing[gunicorn]", "acme-billing[gunicorn", 2, "package", "not a package name with extras")]
    [InlineData("acme-billing[gunicorn]", "acme @ https://example.org/a.whl", 2, "package", "must have no version, URL")]
    [InlineData("python: \"3.11\"", "python: 3", 3, "python", "not a Python that Wheelhouse deploys")]
    [InlineData("python: \"3.11\"", "python: 3.7", 3, "python", "3.8 or newer")]
    [InlineData("python: \"3.11\"", "python: python3.11", 3, "python", "not a Python", "Write it like \"3.11\".")]
    [InlineData("python: \"3.11\"", "", 31, "environments[0].python", "'python' is missing")]
    [InlineData("root: /srv/billing\n", "root: srv/billing\n", 4, "root", "not an absolute path", "Begin it with '/'.")]
    [InlineData("root: /srv/billing\n", "root: /\n", 4, "root", "belongs to the system", "/srv/billing")]
    [InlineData("root: /srv/billing\n", "root: /etc\n", 4, "root", "belongs to the system")]
    [InlineData("root: /srv/billing\n", "root: /srv/billing/\n", 4, "root", "ends with '/'", "Write '/srv/billing'.")]
    [InlineData("root: /srv/billing\n", "root: /srv/../etc\n", 4, "root", "'..' part")]
    [InlineData("root: /srv/billing\n", "root: /srv/bill ing\n", 4, "root", "has a character")]
    [InlineData("user: billing", "user: Billing", 5, "user", "not the name of an account")]
    [InlineData("user: billing", "user: -u", 5, "user", "not the name of an account")]
    [InlineData("user: billing", "usr: billing", 5, "usr", "not a known key", "Did you mean 'user'?")]
    [InlineData("TZ: UTC", "T-Z: UTC", 6, "env.T-Z", "not the name of an environment variable")]
    [InlineData("TZ: UTC", "TZ: secret:tz", 6, "env.TZ", "A secret cannot be named here")]
    [InlineData("imports: [billing.wsgi]", "imports: [billing/wsgi]", 7, "preflight.imports[0]", "not the name of a module")]
    [InlineData("imports: [billing.wsgi], timeout: 30s", "imports: [], timeout: 30", 7, "preflight.timeout", "must be a duration", "Write the unit: 30s.")]
    [InlineData("Acme_Server", "acme server", 8, "master_packages", "not the name of a project")]
    [InlineData("command: \"/usr/local/bin/lb drain\", ", "", 9, "drain.command", "'command' is missing")]
    [InlineData("undrain: /usr/local/bin/lb undrain", "undrain: lb 'x", 10, "undrain", "quote ' in the command is not closed")]
    [InlineData("  - name: web\n", "  - nam: web\n", 12, "processes[0].name", "'name' is missing")]
    [InlineData("- name: worker", "- name: web", 23, "processes[1].name", "Another process, in line 12, is named 'web' too")]
    [InlineData("start: { command:", "start: { comand:", 13, "processes[0].start", "The action does nothing", "command, systemd, signal")]
    [InlineData("start: { command:", "start: { signal: HUP, command:", 13, "processes[0].start", "several kinds")]
    [InlineData("signal: HUP", "signal: HPU", 14, "processes[0].reload.signal", "not a signal", "Did you mean 'HUP'?")]
    [InlineData("signal: HUP", "signal: KILL", 14, "processes[0].reload.signal", "not a signal that a program can handle")]
    [InlineData("pidfile: /run/billing/gunicorn.pid", "pidfile: run.pid", 14, "processes[0].reload.pidfile", "not an absolute path")]
    [InlineData("stop: { signal: SIGTERM }", "pidfile: /run/other.pid", 14, "processes[0].pidfile", "two pidfiles")]
    [InlineData("stop_timeout: 45s", "stop_timeout: 0s", 17, "processes[0].stop_timeout", "longer than 0s")]
    [InlineData("stop_timeout: 45s", "stop_timeout: 9000d", 17, "processes[0].stop_timeout", "at most 7 days")]
    [InlineData("http: http://127.0.0.1:8000/health", "htp: http://127.0.0.1:8000/health", 19, "processes[0].check", "has no kind", "Did you mean 'http'?")]
    [InlineData("http: http://127.0.0.1:8000/health", "http: 127.0.0.1:8000", 19, "processes[0].check.http", "is not a URL")]
    [InlineData("http: http://127.0.0.1:8000/health", "http: http://u:p@localhost/", 19, "processes[0].check.http", "must not contain a password")]
    [InlineData("expect: { json: version }", "expect: { jsn: version }", 20, "processes[0].check.expect.jsn", "not a known key", "Did you mean 'json'?")]
    [InlineData("expect: { json: version }", "expect: { status: [2000] }", 20, "processes[0].check.expect.status", "not an HTTP status code")]
    [InlineData("expect: { json: version }", "verify_tls: maybe", 20, "processes[0].check.verify_tls", "must be true or false")]
    [InlineData("expect: { json: version }", "method: FETCH", 20, "processes[0].check.method", "must be GET")]
    [InlineData("expect: { json: version }", "tcp: 80", 19, "processes[0].check", "several kinds: http, tcp")]
    [InlineData("within: 20s", "withn: 20s", 21, "processes[0].check.withn", "not a known key", "Did you mean 'within'?")]
    [InlineData("successes: 5", "successes: many", 22, "processes[0].check.successes", "whole number from 1 to 1000")]
    [InlineData("start: { systemd: billing-worker.service }", "start: { systemd: \"billing worker\" }", 24, "processes[1].start.systemd", "not the name of a systemd unit")]
    [InlineData("scope: user", "scope: usr", 25, "processes[1].restart.scope", "not one of system, user", "Did you mean 'user'?")]
    [InlineData("tcp: 9000", "tcp: 90000", 27, "processes[1].checks[0].tcp", "not a place to connect to")]
    [InlineData("policy: { keep: 7 }", "policy: { keep: 1 }", 29, "policy.keep", "from 2 to 1000")]
    [InlineData("policy: { keep: 7 }", "policy: 7", 29, "policy", "must be a map of keys and values")]
    [InlineData("- name: production", "- name: staging", 34, "environments[1].name", "Another environment, in line 31, is named 'staging' too")]
    [InlineData("static: [app1.stg", "statik: [app1.stg", 32, "environments[0].nodes.statik", "no inventory named 'statik'", "Did you mean 'static'?")]
    [InlineData("nodes: { static: [app1.stg, deploy@app2.stg:2222, \"[2001:db8::1]:22\"] }", "nodes: [app1]", 32, "environments[0].nodes", "must be one inventory with its query")]
    [InlineData("app1.stg", "app2.stg", 32, "environments[0].nodes.static[1]", "listed twice")]
    [InlineData("app1.stg", "host:port", 32, "environments[0].nodes.static[0]", "has the port 'port'")]
    [InlineData("app1.stg", "2001:db8::1", 32, "environments[0].nodes.static[0]", "write it in brackets")]
    [InlineData("app1.stg", "-oProxyCommand=x", 32, "environments[0].nodes.static[0]", "starts with '-'")]
    [InlineData("deploy: automatic", "deploy: sometimes", 33, "environments[0].deploy", "not one of manual, automatic, automatic-prereleases")]
    [InlineData("address: 10.0.0.1, ", "", 38, "environments[1].nodes.static[0].address", "'address' is missing")]
    [InlineData("port: 22", "port: 0", 38, "environments[1].nodes.static[0]", "not between 1 and 65535")]
    [InlineData("labels: { zone: a }", "labels: { zone: [a] }", 38, "environments[1].nodes.static[0].labels.zone", "must be text")]
    [InlineData("batches: [1, 25%]", "batches: [1, 125%]", 39, "environments[1].policy.batches[1]", "number of nodes from 1, or a percentage")]
    [InlineData("batches: [1, 25%]", "batches: 0", 39, "environments[1].policy.batches", "number of nodes from 1")]
    [InlineData("batches: [1, 25%]", "batches: []", 39, "environments[1].policy.batches", "list of batches is empty")]
    [InlineData("failure_budget: 10%", "failure_budget: -1", 39, "environments[1].policy.failure_budget", "number of nodes from 0")]
    [InlineData("soak: 1m30s", "soak: 1.5h", 39, "environments[1].policy.soak", "must be a duration", "Write it like 500ms")]
    [InlineData("on_failure: pause", "on_failure: ignore", 39, "environments[1].policy.on_failure", "not one of revert, pause")]
    [InlineData("policy: { keep: 7 }", "notify: [{ slack: { url: secret:slack } }]", 29, "notify", "does not say who is told", "apply a channel")]
    [InlineData("policy: { keep: 7 }", "polcy: { keep: 7 }", 29, "polcy", "not a known key", "Did you mean 'policy'?")]
    public void Each_mistake_is_told_with_its_line_and_what_to_write(
        string good, string bad, int line, string field, string message, string fix = "")
    {
        Assert.Contains(good, DocumentParsing.Billing, StringComparison.Ordinal);
        var at = DocumentParsing.Billing.IndexOf(good, StringComparison.Ordinal);
        var errors = Errors(DocumentParsing.Billing.Remove(at, good.Length).Insert(at, bad));
        Assert.True(
            errors.Any(error => error.Line == line && error.Column >= 1 && error.Field == field
                && error.Message.Contains(message, StringComparison.Ordinal) && (error.Fix ?? "").Contains(fix, StringComparison.Ordinal)),
            $"expected line {line}, {field}: {message} / {fix}, but was: {string.Join("; ", errors)}");
    }

    [Theory]
    [InlineData("", 1, "has no service")]
    [InlineData("---\n", 1, "has no service")]
    [InlineData("just text", 1, "must be a map")]
    [InlineData("service: a\n  b: c", 2, "This is not YAML")]
    [InlineData("service: 'a", 1, "This is not YAML")]
    [InlineData("service: *nowhere", 1, "names no anchor")]
    [InlineData("? [a]\n: b", 1, "A key must be plain text")]
    [InlineData("a: &a [*a]", 1, "names no anchor")]
    public void A_text_that_is_no_document_is_refused(string yaml, int line, string message)
    {
        var errors = Errors(yaml);
        Assert.True(errors.Any(error => error.Line == line && error.Message.Contains(message, StringComparison.Ordinal)), string.Join("; ", errors));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_text()
    {
        var errors = Errors("service: A\npackage: '='\npython: 2\nroot: x\nprocesses: []\nenvironments: {}\n");
        Assert.Equal(["service", "package", "python", "root", "processes", "environments"], errors.Select(error => error.Field));
        Assert.Equal([1, 2, 3, 4, 5, 6], errors.Select(error => error.Line));
    }

    [Fact]
    public void Two_services_of_one_name_in_a_file_are_refused()
    {
        var error = Assert.Single(Errors($"{DocumentParsing.Billing}---\n{DocumentParsing.Billing}"));
        Assert.Equal((41, "service"), (error.Line, error.Field));
        Assert.Contains("in line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_check_must_say_the_version()
    {
        var yaml = DocumentParsing.Billing.Replace("stop_timeout: 45s", "version: { http: http://localhost/ }", StringComparison.Ordinal);
        Assert.Contains("does not say the version", Assert.Single(Errors(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_text_cannot_grow_into_a_large_document()
    {
        var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            Enumerable.Range('b', 8).Select(c => $"{(char)c}: &{(char)c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n"));
        Assert.Contains("more than 50000 values", Assert.Single(Errors(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Assert.Contains("20 deep", Assert.Single(Errors(new string('[', 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("larger than 1 MiB", Assert.Single(Errors(new string(' ', 1024 * 1024 + 1))).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DocumentError> Errors(string yaml)
    {
        var parsed = DocumentParsing.Parser.Parse(yaml);
        Assert.Empty(parsed.Services);
        return parsed.Errors;
    }
}
