using CsCheck;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Chef.Settings;

namespace Wheelhouse.Tests.Inventory.Chef;

public sealed class RubySettingsTests
{
    private const string File = "/etc/wheelhouse/chef/knife.rb";

    private const string Knife = """
        # See https://docs.chef.io/workstation/config_rb/ for more information on knife configuration options

        current_dir = File.dirname(__FILE__)
        log_level                :info
        log_location             STDOUT
        node_name                "alice"
        client_key               "#{current_dir}/alice.pem"
        chef_server_url          "https://chef.example/organizations/acme"
        cookbook_path            ["#{current_dir}/../cookbooks"]
        knife[:editor] = ENV['EDITOR'] || "vi"
        if ENV['NO_COLOR']
          color false
        end
        """;

    [Fact]
    public void What_knife_configure_writes_is_read()
    {
        var settings = RubySettings.Read(File, Knife);
        Assert.Equal(("alice", "/etc/wheelhouse/chef/alice.pem", "https://chef.example/organizations/acme"), (settings.ClientName, settings.ClientKey, settings.ChefServerUrl));
    }

    [Fact]
    public void What_a_client_is_set_up_with_is_read()
    {
        var settings = RubySettings.Read("/etc/wheelhouse/client.rb", """
            chef_server_url  "https://chef.example/organizations/acme"   # the old one is gone
            validation_client_name "acme-validator"
            file_cache_path   "/var/cache/chef"
            node_name('app1.example');
            =begin
            node_name "commented"
            =end
            ssl_ca_file "ca.crt"
            authentication_protocol_version '1.3'
            __END__
            node_name 7
            """);
        Assert.Equal(("app1.example", "/etc/wheelhouse/ca.crt", "1.3", null), (settings.ClientName, settings.SslCaFile, settings.AuthenticationProtocolVersion, settings.ClientKey));
    }

    [Theory]
    [InlineData("'/keys/a.pem'", "/keys/a.pem")]
    [InlineData("'a.pem'", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("\"#{File.dirname(__FILE__)}/a.pem\"", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("\"#{__dir__}/a.pem\"", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("__dir__ + '/' + \"a.pem\"", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("File.join(__dir__, 'keys', \"/a.pem\")", "/etc/wheelhouse/chef/keys/a.pem")]
    [InlineData("::File.join(\n  File.dirname(__FILE__),\n  'a.pem'\n)", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("(File.expand_path('../keys/a.pem', __FILE__))", "/etc/wheelhouse/chef/keys/a.pem")]
    [InlineData("File.expand_path(File.join('..', 'a.pem'), __dir__)", "/etc/wheelhouse/a.pem")]
    [InlineData("File.expand_path 'a.pem' # here", "/etc/wheelhouse/chef/a.pem")]
    [InlineData("\"/keys/a\\\"b\\\\c.pem\"", "/keys/a\"b\\c.pem")]
    [InlineData("'/keys/a\\'b\\\\c\\d.pem'", "/keys/a'b\\c\\d.pem")]
    public void Paths_are_put_together_as_Ruby_does(string expression, string path) =>
        Assert.Equal(path, RubySettings.Read(File, $"client_key {expression}\nnode_name 'a'").ClientKey);

    [Theory]
    [InlineData("ENV['KEY']", "it depends on the environment")]
    [InlineData("\"#{ENV['HOME']}/a.pem\"", "it depends on the environment")]
    [InlineData("home + '/a.pem'", "'home' is no plain value")]
    [InlineData("File.read('/a.pem')", "'File.read' with 1 values is not known")]
    [InlineData("'/a.pem' if true", "more than a plain value")]
    [InlineData("'/a.pem'.freeze", "more than a plain value")]
    [InlineData("'/a.pem", "the quote at the end is missing")]
    [InlineData("File.join('/a'", "')' is missing")]
    [InlineData("`cat /a`", "it is no plain value")]
    [InlineData("%w(a)", "it is no plain value")]
    [InlineData("File.expand_path('~/a.pem')", "home directory")]
    [InlineData("= '/a.pem'", "makes it a variable")]
    public void What_only_Ruby_understands_is_an_error_with_its_line(string expression, string problem)
    {
        var error = Assert.Throws<InventoryException>(() => RubySettings.Read(File, $"# first\nclient_key {expression}\n"));
        Assert.StartsWith($"{File}, line 2: client_key cannot be understood: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("if ENV['X']\n  node_name 'a'\nend")]
    [InlineData("\n%w(a).each do |name|; \nend\nx = [1].map do |i|\n node_name 'b'\nend")]
    public void What_stands_in_a_condition_or_block_is_an_error(string text) =>
        Assert.Contains("condition or a block", Assert.Throws<InventoryException>(() => RubySettings.Read(File, text)).Message);

    [Fact]
    public void A_variable_is_what_it_was_last() =>
        Assert.Equal("b", RubySettings.Read(File, "who = 'a'\nwho = 'b'\nnode_name who\nwho = ENV['X']\n").ClientName);

    [Fact]
    public void A_variable_that_was_changed_by_Ruby_is_no_plain_value() =>
        Assert.Contains("'who' is no plain value", Assert.Throws<InventoryException>(() => RubySettings.Read(File, "who = 'a'\nwho = who.upcase\nnode_name who")).Message);

    [Fact]
    public void A_home_directory_is_no_place_for_a_server() =>
        Assert.Contains("home directory", Assert.Throws<InventoryException>(() => RubySettings.Read(File, "client_key '~/a.pem'")).Message);

    [Theory]
    [InlineData("(")]
    [InlineData("File.dirname ")]
    [InlineData("\"#{")]
    [InlineData("File.join(")]
    public void Deep_nesting_is_an_error(string part) =>
        Assert.Contains("nested", Assert.Throws<InventoryException>(() => RubySettings.Read(File, "node_name " + string.Concat(Enumerable.Repeat(part, 100_000)))).Message);

    [Fact]
    public void Whatever_stands_there_is_read_or_refused()
    {
        string[] parts =
        [
            "node_name", "client_key", "chef_server_url", "x", " ", "\n", "=", "'", "\"", "#{", "}", "(", ")", ",", "+", "File", ".join", ".dirname", "__FILE__", "__dir__", "\\", ":", "::",
            "ENV", "if", "end", "do", "\0", "ä", "\ud83d", "~", "/", "..", "#", "=begin", "=end", "\r\n",
        ];
        Gen.OneOf([.. parts.Select(Gen.Const)]).List[0, 60].Select(list => string.Concat(list)).Sample(text =>
        {
            var refused = Record.Exception(() => { RubySettings.Read(File, text); });
            if (refused is not null) Assert.IsType<InventoryException>(refused);
        }, iter: 20_000);
    }
}
