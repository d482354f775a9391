using System.Security.Cryptography;
using System.Text.Json;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Index;

/// <summary>What is damaged on the disk is found while the server runs, and repaired while it is stopped.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new("wh-upkeep");
    private readonly ServerProcess _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_damaged_byte_is_found_and_repaired_and_pip_installs_again()
    {
        var tools = new PyTools(_server, _folder);
        var wheel = await Wheels.EmptyAsync(_folder, "acme_billing", "1.0", Token);
        await tools.UploadAsync(wheel);
        Said.That(await VerifyAsync(), 0, "1 files", "all is right");

        Said.That(await RunAsync("export", _folder["export"]), 0, "1 files were copied");
        Flip(StoredPathOf(wheel));
        Said.That(await RunAsync("export", _folder["second"]), 1, "its bytes are damaged", "1 could not be exported");
        Assert.NotEqual(0, (await tools.InstallAsync("acme-billing", _folder["damaged"])).ExitCode);
        Said.That(await VerifyAsync(), 1, "damaged", "acme_billing-1.0-py3-none-any.whl (acme-billing 1.0, uploaded by admin on ", "Upload the same file again", "1 left");
        var report = JsonDocument.Parse((await VerifyAsync("--json")).Output).RootElement;
        Assert.Equal("damaged", report.GetProperty("findings")[0].GetProperty("kind").GetString());
        Said.That(await VerifyAsync("--repair"), 2, "A server runs on the data directory");

        Assert.Equal(0, (await _server.StopAsync(Token)).ExitCode);
        Said.That(await VerifyAsync("--repair"), 1, "The damaged bytes are in ", "set-aside", "1 left");
        Said.That(await VerifyAsync("--repair", "--from", _folder["export"]), 0, "repaired", "Good bytes came from ", "0 left");
        await _server.StartAsync(Token);
        Said.That(await VerifyAsync(), 0, "all is right");
        var installed = await tools.InstallAsync("acme-billing", _folder["installed"]);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);
        Assert.Contains(await _server.Client.ListAuditAsync(0, Token), row => row is { Action: "file.restored", Subject: "acme_billing-1.0-py3-none-any.whl" } && row.By.StartsWith("console/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--data {none}", "There is no index in")]
    [InlineData("--data {data} --from {none}", "--from needs --repair")]
    [InlineData("--data {data} --repair --from {none}", "There is no folder")]
    public async Task What_is_wrong_with_the_command_line_is_told(string line, string message)
    {
        string[] arguments = [.. line.Split(' ').Select(part => part.Replace("{none}", _folder["none"], StringComparison.Ordinal).Replace("{data}", _server.Data, StringComparison.Ordinal))];
        var finished = await ChildProcess.RunAsync(ServerProcess.Program, ["index", "verify", .. arguments], Token);
        Said.That(finished, 2, message);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    private Task<Finished> VerifyAsync(params string[] arguments) => RunAsync("verify", arguments);

    private Task<Finished> RunAsync(string verb, params string[] arguments) => _server.IndexAsync(Token, [verb, .. arguments]);

    private string StoredPathOf(string file)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return Path.Combine(_server.Data, "files", sha256[..2], sha256);
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
