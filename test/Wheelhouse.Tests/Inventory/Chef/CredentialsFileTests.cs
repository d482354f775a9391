using CsCheck;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Chef.Settings;

namespace Wheelhouse.Tests.Inventory.Chef;

public sealed class CredentialsFileTests
{
    private const string File = "/etc/wheelhouse/chef/credentials";

    private const string Text = """
        # Written by 'knife configure'.
        [default]
        client_name     = "alice"
        client_key      = "/keys/alice.pem"
        chef_server_url = 'https://chef.example/organizations/acme'

        ['stg.example']
        node_name       = 'bob'
        client_key      = '''
        -----BEGIN RSA PRIVATE KEY-----
        MIIE
        -----END RSA PRIVATE KEY-----
        '''
        chef_server_url = 'https://stg.example/organizations/acme'
        knife = { ssh_user = 'x' }
        """;

    [Fact]
    public void A_profile_is_read()
    {
        var settings = CredentialsFile.Read(File, Text, "default");
        Assert.Equal(("alice", "/keys/alice.pem", "https://chef.example/organizations/acme"), (settings.ClientName, settings.ClientKey, settings.ChefServerUrl));
    }

    [Fact]
    public void A_key_may_stand_in_the_file()
    {
        var settings = CredentialsFile.Read(File, Text, "stg.example");
        Assert.Equal(("bob", null), (settings.ClientName, settings.ClientKey));
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", settings.ClientKeyContents);
    }

    [Fact]
    public void A_profile_that_is_not_there_is_said_with_those_that_are() =>
        Assert.Contains("no profile 'prod'; there are 'default', 'stg.example'", Assert.Throws<InventoryException>(() => CredentialsFile.Read(File, Text, "prod")).Message);

    [Theory]
    [InlineData("[default]\nclient_name = 7", "client_name in [default] is not text")]
    [InlineData("default = 1", "has no profile 'default'; it has none")]
    [InlineData("", "it has none")]
    [InlineData("[default]\nclient_key = '-----BEGIN", "is not TOML: line 2")]
    [InlineData("[default]\nclient_name = 'a'\nclient_name: 'b'", "is not TOML: line 3")]
    [InlineData("[default]\nclient_key = '~/.chef/a.pem'", "home directory")]
    public void What_is_wrong_is_said_without_the_text(string text, string problem)
    {
        var error = Assert.Throws<InventoryException>(() => CredentialsFile.Read(File, text, "default"));
        Assert.StartsWith(File, error.Message);
        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain("BEGIN", error.Message);
    }

    [Fact]
    public void Whatever_stands_there_is_read_or_refused()
    {
        string[] parts = ["\"", "'", "[", "]", "=", "\n", "{", "}", "\0", "\\", "ä", "\ud800", "#", "1e999", "'''", "."];
        Gen.Select(Gen.Int[0, Text.Length], Gen.OneOf([.. parts.Select(Gen.Const)])).Sample((at, what) => ReadOrRefuse(Text[..at] + what + Text[at..]), iter: 5_000);
        foreach (var length in Enumerable.Range(0, Text.Length)) ReadOrRefuse(Text[..length]);
        ReadOrRefuse("x = " + new string('[', 100_000));
        ReadOrRefuse("x = " + string.Concat(Enumerable.Repeat("{a=", 100_000)));
    }

    private static void ReadOrRefuse(string text)
    {
        var refused = Record.Exception(() => CredentialsFile.Read(File, text, "default"));
        if (refused is not null) Assert.IsType<InventoryException>(refused);
    }
}
