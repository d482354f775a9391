using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Nodes;

namespace Wheelhouse.Tests.Hosting;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _flags = [];
    private readonly Dictionary<string, string> _environment = [];

    public SettingsLoaderTests() => _flags["data"] = _folder.Root;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_defaults_are_valid() => Assert.Equal(["http://127.0.0.1:8080"], Load().Get<ServerOptions>().Urls);

    [Fact]
    public void A_flag_beats_a_variable_and_a_variable_the_file()
    {
        _folder.Write("wheelhouse.yaml", "public_url: http://file\nlog_format: json\nnodes:\n  parallel_starts: 3\n  staging_per_node: 4\n");
        _environment["WHEELHOUSE_PUBLIC_URL"] = "http://variable";
        _environment["WHEELHOUSE_NODES_PARALLEL_STARTS"] = "5";
        _flags["public_url"] = "http://flag";
        var settings = Load();
        Assert.Equal("http://flag", settings.Get<ServerOptions>().PublicUrl);
        Assert.Equal("json", settings.Get<ServerOptions>().LogFormat);
        Assert.Equal(5, settings.Get<NodeOptions>().ParallelStarts);
        Assert.Equal(4, settings.Get<NodeOptions>().StagingPerNode);
    }

    [Fact]
    public void Every_error_is_told_at_once_with_its_source_and_a_fix()
    {
        _folder.Write("wheelhouse.yaml", "nodes:\n  parallel_starts: 0\nnodse: 1\ntls.certificate: /nowhere.pem\n");
        _environment["WHEELHOUSE_SHUTDOWN_TIMEOUT"] = "soon";
        _flags["urls"] = "http://0.0.0.0:80,ftp://x";
        var problems = Assert.Throws<SettingsException>(Load).Problems;
        var file = _folder["wheelhouse.yaml"];
        Assert.Contains(problems, problem => problem.Name == "nodes.parallel_starts" && problem.Source == $"{file}, line 2");
        Assert.Contains(problems, problem => problem.Name == "nodse" && problem.Source == $"{file}, line 3");
        Assert.Contains(problems, problem => problem.Name == "tls.key" && problem.Fix!.Contains("tls.certificate", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "shutdown_timeout" && problem.Source == "WHEELHOUSE_SHUTDOWN_TIMEOUT");
        Assert.Contains(problems, problem => problem.Name == "urls" && problem.Message.Contains("plain http", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Name == "urls" && problem.Message.Contains("ftp://x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://0.0.0.0:80", "true", true)]
    [InlineData("http://0.0.0.0:80", "false", false)]
    [InlineData("http://*:80", "false", false)]
    [InlineData("http://[::1]:80", "false", true)]
    [InlineData("http://localhost:0", "false", true)]
    [InlineData("https://0.0.0.0:443", "false", false)]
    public void Plain_http_stays_on_this_machine_unless_allowed_and_https_needs_a_certificate(string urls, string allowed, bool valid)
    {
        _flags["urls"] = urls;
        _flags["allow_insecure_http"] = allowed;
        if (valid) Load();
        else Assert.Contains(Assert.Throws<SettingsException>(Load).Problems, problem => problem.Name is "urls" or "tls.certificate");
    }

    [Fact]
    public void An_admin_token_is_read_from_a_file_and_never_shown()
    {
        _flags["admin_token_file"] = _folder.Write("token", "0123456789abcdef0123456789\n");
        Assert.Equal("0123456789abcdef0123456789", Load().Get<AccessOptions>().ReadAdminToken());
        _flags.Remove("admin_token_file");
        _environment["WHEELHOUSE_ADMIN_TOKEN"] = "too-short";
        Assert.DoesNotContain("too-short", Assert.Throws<SettingsException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_has_no_flag() => Assert.Null(SettingsCatalogue.All["admin_token"].Flag);

    [Fact]
    public void A_variable_that_is_no_setting_is_warned_about()
    {
        _environment["WHEELHOUSE_PUBLIC_ULR"] = "x";
        _environment["WHEELHOUSE_TOKEN"] = "the client's";
        Assert.Contains("WHEELHOUSE_PUBLIC_ULR", Assert.Single(Load().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_yaml_is_told_with_its_line()
    {
        _folder.Write("wheelhouse.yaml", "log_format: json\nurls: [\n");
        Assert.Contains("line", Assert.Single(Assert.Throws<SettingsException>(Load).Problems).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_described_and_in_the_reference()
    {
        var reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "settings.md"));
        Assert.All(SettingsCatalogue.All.Values, setting =>
        {
            Assert.NotEmpty(setting.Description);
            Assert.Contains($"| `{setting.Name}` |", reference, StringComparison.Ordinal);
        });
    }

    private ServerSettings Load() => SettingsLoader.Load(new SettingsInput(_flags, _environment, null));
}
