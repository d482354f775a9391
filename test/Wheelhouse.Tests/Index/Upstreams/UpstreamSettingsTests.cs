using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Tests.Index.Upstreams;

public sealed class UpstreamSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_read_from_the_file_in_order()
    {
        var secret = _folder.Write("secret", "user:password\n");
        _folder.Write(
            "wheelhouse.yaml",
            $$"""
            index:
              reserved: [acme-*]
              blocklist: [evil, "requests==2.5.0"]
              upstreams:
                - name: internal
                  url: https://packages.example.org/simple
                  include: ["acme-*"]
                  credentials_file: {{secret}}
                - name: pypi
                  url: https://pypi.org/simple/
                  cooldown_days: 7
                  timeout: 5s
            """);
        var settings = Load().Get<UpstreamsOptions>();
        Assert.Equal(["internal", "pypi"], settings.Upstreams.Select(upstream => upstream.Name));
        Assert.Equal("https://packages.example.org/simple/", settings.Upstreams[0].Address.ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Upstreams[1].Timeout);
        Assert.Equal(7, settings.Upstreams[1].CooldownDays);
        Assert.Equal(["acme-*"], settings.Reserved);
    }

    [Fact]
    public void They_are_read_from_a_variable_as_json()
    {
        _environment["WHEELHOUSE_INDEX_UPSTREAMS"] = """[{"name": "pypi", "url": "https://pypi.org/simple/"}]""";
        Assert.Equal("pypi", Assert.Single(Load().Get<UpstreamsOptions>().Upstreams).Name);
        _environment["WHEELHOUSE_INDEX_UPSTREAMS"] = "[]";
        Assert.Empty(Load().Get<UpstreamsOptions>().Upstreams);
    }

    [Fact]
    public void Every_error_is_told_with_its_line_and_no_secret()
    {
        _folder.Write(
            "wheelhouse.yaml",
            """
            index:
              reserved: ["acme-*", "-x"]
              blocklist: ["evil==not a version"]
              fresh_for: 0s
              upstreams:
                - name: One
                  url: https://user:hidden@pypi.org/simple/
                - name: two
                  url: http://packages.example.org/simple/
                  credentials_file: /nowhere/secret
                  include: ["*", "ü*"]
                  cooldown_days: -1
                - name: three
                  uri: https://pypi.org/
            """);
        var problems = Assert.Throws<SettingsException>(Load).Problems;
        var file = _folder["wheelhouse.yaml"];
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[0].name" && problem.Source == $"{file}, line 6");
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[0].url" && problem.Message.Contains("Credentials", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[1].cooldown_days" && problem.Source == $"{file}, line 12");
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[2].url" && problem.Message.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[2].uri" && problem.Fix!.Contains("'url'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "index.reserved" && problem.Message.Contains("'-x'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "index.blocklist");
        Assert.Contains(problems, problem => problem.Name == "index.fresh_for");
        Assert.DoesNotContain(problems, problem => problem.ToString().Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_need_https_and_must_be_there()
    {
        _environment["WHEELHOUSE_INDEX_UPSTREAMS"] = """[{name: a, url: "http://packages.example.org/", credentials_file: /nowhere/secret, include: ["*", "ü*"]}, {name: b, url: "https://example.org", credentials_variable: NOT_SET_BY_ANYBODY}]""";
        var problems = Assert.Throws<SettingsException>(Load).Problems;
        Assert.Contains(problems, problem => problem is { Name: "index.upstreams[0].url", Source: "WHEELHOUSE_INDEX_UPSTREAMS" } && problem.Message.Contains("readable", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[0].credentials_file");
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[0].include[1]");
        Assert.Contains(problems, problem => problem.Name == "index.upstreams[1].credentials_variable");
    }

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        _environment["WHEELHOUSE_INDEX_UPSTREAMS"] = """[{name: a, url: "https://example.org/"}, {name: a, url: "https://example.com/"}]""";
        Assert.Contains("'a'", Assert.Single(Assert.Throws<SettingsException>(Load).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_list_is_told()
    {
        _environment["WHEELHOUSE_INDEX_UPSTREAMS"] = "https://pypi.org/simple/";
        Assert.Contains("list", Assert.Single(Assert.Throws<SettingsException>(Load).Problems).Message, StringComparison.Ordinal);
    }

    private ServerSettings Load() => SettingsLoader.Load(new SettingsInput(new Dictionary<string, string> { ["data"] = _folder.Root }, _environment, null));
}
