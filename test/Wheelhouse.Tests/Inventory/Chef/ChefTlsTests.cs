using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory.Chef;

/// <summary>Against a real goiardi with a certificate that nobody knows.</summary>
public sealed class ChefTlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_certificate_is_verified_and_an_authority_can_be_named()
    {
        await using var server = await GoiardiServer.StartAsync(Token, tls: true);
        await server.AddRoleAsync("billing", Token);
        await server.AddNodesAsync("billing", "_default", Token, ("app1", new { fqdn = "app1.example" }));
        using var folder = new TempFolder();
        File.Copy(server.AdminKey, folder["admin.pem"]);
        var config = folder.Write("knife.rb", $"node_name 'admin'\nclient_key 'admin.pem'\nchef_server_url '{server.Url}'\nssl_verify_mode :verify_none\n");

        var refused = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(folder, config));
        Assert.Contains("the connection is not trusted", refused.Message);
        Assert.Contains("ca_file", refused.Fix);

        File.Copy(server.Certificate, folder["ca.txt"]);
        Assert.Equal("app1", Assert.Single((await FindAsync(folder, config, $", ca_file: {folder["ca.txt"]}")).Nodes).Name);

        Directory.CreateDirectory(folder["trusted_certs"]);
        File.Copy(server.Certificate, folder["trusted_certs/goiardi.crt"]);
        Assert.Single((await FindAsync(folder, config)).Nodes);

        folder.Write("trusted_certs/other.pem", "nothing");
        Assert.Contains("other.pem has no certificate", (await Assert.ThrowsAsync<InventoryException>(() => FindAsync(folder, config))).Message);
    }

    private static Task<InventoryResult> FindAsync(TempFolder folder, string config, string more = "") =>
        ChefFixture.Provider(folder.Root).FindAsync(ChefFixture.Bind($"{{ query: 'role:billing', config: {config}{more} }}"), new("billing", "production"), Token);
}
