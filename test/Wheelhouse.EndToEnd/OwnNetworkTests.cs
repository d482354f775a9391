using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Nodes that are not this machine: they reach the index by its public address, over TLS, with a CA that only the server knows.</summary>
public sealed class OwnNetworkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_reach_the_index_by_its_public_address_over_tls()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give nodes a network.");
        var network = Random.Shared.Next(256);
        await using var fleet = await Fleet.StartAsync(1, Token, number => $"10.213.{network}.{number * 4 + 2}");
        var here = Cable.OtherEnd(fleet[0].Address);
        await MakeCertificateAsync(fleet.Folder, here);
        var address = $"https://{here}:{FreePort.Take()}";
        await using var lab = await Lab.StartAsync(
            fleet,
            server =>
            {
                server.MoreUrls.Add(address);
                server.Environment["WHEELHOUSE_PUBLIC_URL"] = address;
                server.Environment["WHEELHOUSE_TLS_CERTIFICATE"] = fleet.Folder["server.pem"];
                server.Environment["WHEELHOUSE_TLS_KEY"] = fleet.Folder["server.key"];
            },
            Token, service: null, "1.0.0");

        var finished = await lab.DeployAsync("1.0.0", Token);

        Assert.True(finished.ExitCode == 0, $"{finished.Output}\n{finished.Errors}\n{lab.Server.Log}");
        var answer = await fleet.RunAsync(fleet[0], $"curl -fsS --unix-socket {fleet.Place}/run/hello.sock http://hello/", Token);
        Assert.Contains("1.0.0", answer, StringComparison.Ordinal);
        var manifest = Directory.GetFiles(fleet[0].File(lab.Service.Root(fleet) + "/releases"), "release.json", SearchOption.AllDirectories).Single();
        Assert.Contains(address, await File.ReadAllTextAsync(manifest, Token), StringComparison.Ordinal);
    }

    private static Task MakeCertificateAsync(TempFolder folder, string address) => ChildProcess.CheckAsync(
        "openssl",
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=wheelhouse-test",
            "-addext", $"subjectAltName=IP:{address}", "-keyout", folder["server.key"], "-out", folder["server.pem"],
        ],
        Token);
}
