using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Chef;

namespace Wheelhouse.Tests.Inventory.Chef;

public sealed class ChefOptionsTests
{
    private const string Server = "url: https://chef.example/organizations/acme, client_name: a, client_key_file: /a.pem";

    [Fact]
    public void A_query_alone_is_asked_with_the_usual_credentials()
    {
        var options = ChefFixture.Bind("role:billing");
        Assert.Equal(("role:billing", null, "fqdn", "name"), (options.Query, options.Config, options.Address, options.Name));
    }

    [Theory]
    [InlineData("{ url: https://chef.example }", "chef.query", "'query' is missing")]
    [InlineData("{ query: ' ', " + Server + " }", "chef.query", "all nodes are '*:*'")]
    [InlineData("{ query: a, url: https://chef.example/organizations/acme, client_name: a }", "chef.client_key_file", "add 'client_key_file: …'")]
    [InlineData("{ query: a, client_name: a, client_key_file: /a.pem }", "chef.url", "add 'url: …'")]
    [InlineData("{ query: a, config: /knife.rb, url: chef.example }", "chef.url", "is not a URL")]
    [InlineData("{ query: a, config: /knife.rb, url: 'https://a:b@chef.example' }", "chef.url", "must not contain a password")]
    [InlineData("{ query: a, config: /knife.rb, url: 'https://chef.example/?a' }", "chef.url", "has more than a path")]
    [InlineData("{ query: a, config: /knife.rb, profile: b }", "chef.profile", "Only a credentials file has profiles")]
    [InlineData("{ query: a, sign: 1.2 }", "chef.sign", "1.0, 1.1 or 1.3")]
    [InlineData("{ query: a, address: cloud..ip }", "chef.address", "names joined by dots")]
    [InlineData("{ query: a, name: '.' }", "chef.name", "names joined by dots")]
    [InlineData("{ query: a, labels: { zone: 'a b.' } }", "chef.labels", "The label 'zone'")]
    public void What_is_wrong_is_said_with_field_and_fix(string yaml, string field, string message)
    {
        var errors = new DocumentErrors();
        Assert.Null(OptionsBinder.Bind(typeof(ChefOptions), YamlComposer.Compose(yaml, errors)[0].Root!, "chef", errors));
        var error = Assert.Single(errors.ToList());
        Assert.Equal((field, 1), (error.Field, error.Line));
        Assert.Contains(message, $"{error.Message} {error.Fix}");
    }

    [Theory]
    [InlineData("node_name 'a'\nclient_key '/a.pem'", "does not say chef_server_url", "'url'")]
    [InlineData("chef_server_url 'https://chef.example'\nclient_key '/a.pem'", "does not say client_name", "'client_name'")]
    [InlineData("chef_server_url 'https://chef.example'\nnode_name 'a'", "does not say client_key", "'client_key_file'")]
    [InlineData("chef_server_url 'chef.example'\nnode_name 'a'", "'chef.example' is not a URL", "Correct the URL")]
    [InlineData("chef_server_url 'https://chef.example'\nnode_name \"a\\nX-Ops-Userid: b\"", "a character that no name in Chef has", "knife client list")]
    [InlineData("chef_server_url 'https://chef.example'\nnode_name 'a'\nauthentication_protocol_version '2.0'", "'2.0' is no protocol", "1.3")]
    [InlineData("chef_server_url 'https://chef.example'\nnode_name 'a'\nclient_key '/etc/hostname'", "does not lie in a directory", "inventory.paths")]
    public async Task What_the_configuration_lacks_is_said(string ruby, string message, string fix)
    {
        using var folder = new TempFolder();
        var options = ChefFixture.Bind($"{{ query: a, config: {folder.Write("client.rb", ruby)} }}");
        var error = await Assert.ThrowsAsync<InventoryException>(
            () => ChefFixture.Provider(folder.Root).FindAsync(options, new("billing", "production"), TestContext.Current.CancellationToken));
        Assert.Contains(message, error.Message);
        Assert.Contains(fix, error.Fix);
    }
}
