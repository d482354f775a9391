using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Inventory;

namespace Wheelhouse.Tests.Cli.Commands;

/// <summary>How the answer of inventories looks.</summary>
public sealed class InventoryCommandTests
{
    private static readonly InventoryTestView Answer = new(
        "hello", "production",
        [
            new FoundNodeView("app1", "10.0.0.1", "deploy", 2222, "bastion", "/etc/wheelhouse/key", new Dictionary<string, string> { ["rack"] = "a1", ["zone"] = "b" }),
            new FoundNodeView("app2", "10.0.0.2", User: null, Port: null, Jump: null, "/etc/wheelhouse/key", new Dictionary<string, string>()),
            new FoundNodeView("app3", "app3.example", User: null, Port: null, Jump: null, IdentityFile: null, new Dictionary<string, string>()),
        ],
        [new FoundPartView("chef", 2, 1.234), new FoundPartView("static", 1, 0.006)], Problem: null, Fix: null);

    [Fact]
    public async Task Nodes_are_shown_with_how_they_are_logged_in_to_and_who_named_them() => await AssertToldAsync(Answer, ExitCodes.Success, """
        + hello production  3 nodes  (chef: 2 in 1.2 s, static: 1 in 6 ms)
          Node  Address        Login                                       Labels
          app1  10.0.0.1:2222  deploy by bastion with /etc/wheelhouse/key  rack=a1 zone=b
          app2  10.0.0.2       with /etc/wheelhouse/key
          app3  app3.example   -

        """);

    [Fact]
    public async Task What_keeps_a_rollout_from_beginning_is_told_with_what_to_do() => await AssertToldAsync(
        Answer with { Nodes = [], Parts = [], Problem = "chef: GET https://chef.example failed: Connection refused.", Fix = "Correct the address." }, ExitCodes.Error, """
        x hello production
          chef: GET https://chef.example failed: Connection refused.
          fix: Correct the address.

        """);

    private static async Task AssertToldAsync(InventoryTestView answer, int code, string expected)
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["POST /api/services/hello/environments/production/inventory/test"] = http => http.Response.WriteAsJsonAsync(answer);
        using var cli = new CliRunner(api.Url);
        var result = await cli.RunAsync("inventory", "test", "hello", "production");
        Assert.Equal(code, result.Code);
        Assert.Equal(expected, string.Join('\n', result.Out.Split('\n').Select(line => line.TrimEnd())).Replace('✓', '+').Replace('✗', 'x'));
    }
}
