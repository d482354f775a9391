using System.Text;
using System.Text.Json;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Never two at once: not on a node, and not for a service.</summary>
public sealed class FencingTests
{
    private const int Refused = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_refuses_the_request_of_an_old_epoch()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.DeployedAsync("1.1.0", Token);
        var root = lab.Service.Root(lab.Fleet);
        var release = Path.GetFileName(new FileInfo(lab.Fleet[0].File(root + "/current")).LinkTarget!);

        var answer = await AskAsync(lab, new
        {
            id = 2,
            op = "activate",
            step = "a-zombie/activate/app1/web",
            epoch = 1,
            args = new { release, version = "1.1.0", process = new { name = "web" }, mode = "reload", timeout_s = 5 },
        });

        Assert.Equal("fenced", answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("1.1.0", await lab.Fleet[0].VersionAsync(Token));
    }

    [Fact]
    public async Task Of_two_deploys_at_once_one_runs_and_the_other_is_refused_or_waits()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token, service: null, "1.0.0", "1.1.0", "1.2.0");
        await lab.DeployedAsync("1.0.0", Token);

        var both = await Task.WhenAll(lab.DeployAsync("1.1.0", Token), lab.DeployAsync("1.2.0", Token));
        var (first, second) = both[0].ExitCode == 0 ? (both[0], both[1]) : (both[1], both[0]);
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(Refused, second.ExitCode);
        var winner = await lab.LastRolloutAsync(Token);
        Assert.Contains(winner.Id, second.Errors + second.Output, StringComparison.Ordinal);

        both = await Task.WhenAll(lab.DeployAsync("1.0.0", Token, "--queue"), lab.DeployAsync("1.1.0", Token, "--queue"));
        Assert.All(both, finished => Assert.Equal(0, finished.ExitCode));
        var last = await lab.Server.Client.ListRolloutsAsync(lab.Service.Name, Lab.Environment, limit: 2, before: null, Token);
        Assert.All(last, rollout => Assert.Equal(RolloutStates.Succeeded, rollout.State));
        Assert.True(last[1].EndedAt <= last[0].StartedAt, "Both ran at once.");
        Assert.Equal($"{last[0].Version} {last[0].Version}", await lab.Fleet.VersionsAsync(Token));
    }

    /// <summary>Speaks to the node as a server that does not know that it was replaced: over a session of its own.</summary>
    private static async Task<JsonElement> AskAsync(Lab lab, object request)
    {
        var payload = Path.Combine(Repository.Root, "src/Wheelhouse.Server/Nodes/Payload");
        var modules = Directory.GetFiles(payload, "wheelhouse_node*.py").ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);
        var bundle = JsonSerializer.Serialize(new { marker = "begin-here", main = "wheelhouse_node", modules });
        var hello = new
        {
            id = 1,
            op = "hello",
            args = new { service = lab.Service.Name, environment = Lab.Environment, root = lab.Service.Root(lab.Fleet), user = (string?)null },
        };
        var loader = (await File.ReadAllTextAsync(Path.Combine(payload, "loader.py"), Token)).Trim();
        await using var session = ChildProcess.Start(
            "ssh", lab.Fleet.SshArguments(lab.Fleet[0], $"python3 -u -c '{loader}'"), environment: null, keepInput: true);
        session.Input.NewLine = "\n";
        await session.Input.WriteAsync($"{Encoding.UTF8.GetByteCount(bundle)}\n{bundle}");
        await AnswerAsync(session, hello, id: 1);
        return await AnswerAsync(session, request, id: 2);
    }

    private static async Task<JsonElement> AnswerAsync(ChildProcess session, object request, int id)
    {
        await session.Input.WriteLineAsync(JsonSerializer.Serialize(request));
        await session.Input.FlushAsync(Token);
        JsonElement? answer = null;
        await Eventually.TrueAsync(
            () => (answer = session.Output.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
                .FirstOrDefault(line => line.TryGetProperty("id", out var of) && of.GetInt32() == id)) is { ValueKind: JsonValueKind.Object },
            $"the node's answer: {session.Everything}", TimeSpan.FromSeconds(20), Token);
        return answer!.Value;
    }
}
