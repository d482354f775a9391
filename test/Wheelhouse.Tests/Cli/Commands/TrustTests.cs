using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Nodes;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class TrustTests
{
    private const string Place = "/api/services/hello/environments/production/host-keys";

    [Theory]
    [InlineData("new", "", ExitCodes.Usage, null)]
    [InlineData("new", "--yes", 0, "SHA256:abc")]
    [InlineData("changed", "--yes", ExitCodes.Refused, null)]
    [InlineData("changed", "--fingerprint SHA256:abc", 0, "SHA256:abc")]
    [InlineData("new", "--fingerprint SHA256:other", ExitCodes.Refused, null)]
    [InlineData("trusted", "", 0, null)]
    public async Task A_key_is_trusted_only_by_a_clear_word(string status, string options, int code, string? trusted)
    {
        await using var api = await ApiDouble.StartAsync();
        IReadOnlyList<string> sent = [];
        api.Routes[$"GET {Place}"] = http => http.Response.WriteAsJsonAsync<IReadOnlyList<HostKeyView>>(
            [new HostKeyView("app1", "10.0.0.1", 22, "ssh-ed25519", "SHA256:abc", status, "…", null)]);
        api.Routes[$"POST {Place}/trust"] = async http =>
            sent = (await http.Request.ReadFromJsonAsync<TrustRequest>(WheelhouseClient.Json))!.Fingerprints;
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync(["nodes", "trust", "hello", "production", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(code, result.Code);
        Assert.Equal(trusted, sent.SingleOrDefault());
        Assert.Contains("SHA256:abc", result.Out, StringComparison.Ordinal);
    }
}
