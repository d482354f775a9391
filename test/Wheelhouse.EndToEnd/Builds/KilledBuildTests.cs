using System.Globalization;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Builds;

/// <summary>A build survives the death of its server: it ends once, publishes once, and leaves nothing behind.</summary>
public sealed class KilledBuildTests
{
    /// <summary>Set it for more rounds than the usual ones.</summary>
    private const string RoundsVariable = "WHEELHOUSE_TEST_KILLS";

    /// <summary>The server is killed a random moment after one of these begins; the first is the push itself.</summary>
    private static readonly string[] Steps = ["", "fetch", "checkout", "requirements", "build", "test", "publish"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_in_every_step_lose_nothing_double_nothing_and_leave_nothing()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : Steps.Length;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        using var folder = new TempFolder("wh-kills");
        await using var server = new ServerProcess();
        GitHost.Allow(server);
        server.Environment["TMPDIR"] = Directory.CreateDirectory(folder["tmp"]).FullName;
        await server.StartAsync(Token);
        var cli = new Cli(server, folder);
        foreach (var wheel in (string[])[.. await Wheels.DependenciesAsync(folder, Token), .. await Wheels.BuildToolsAsync(folder, Token)]) await cli.CheckAsync(Token, "publish", wheel);
        using var host = await GitHost.StartAsync(server, cli, folder, Token);

        for (var round = 1; round <= rounds; round++)
        {
            var step = Steps[round % Steps.Length];
            var id = await host.PushAsync($"1.{round}.0", GitHost.GoodTest + $"\nimport time\ntime.sleep({random.Next(500)} / 1000)\n", Token);
            var delay = TimeSpan.FromMilliseconds(random.Next(step == "publish" ? 30 : 600));
            await KillAfterAsync(server, id, step, delay);
            var about = $"Round {round} with seed {seed}, killed {delay.TotalMilliseconds} ms after '{step}'";
            await Eventually.TrueAsync(() => Leftovers(server.Data).Count == 0, $"{about}: the end of {string.Join('\n', Leftovers(server.Data))}", TimeSpan.FromSeconds(10), Token);
            await server.StartAsync(Token);

            var build = await host.EndedAsync(id, Token);
            about += $": {build.State}, {build.Error}, {build.Attempts} attempts";
            Assert.True(build.State == BuildStates.Succeeded, $"{about}\n{server.Log}");
            await AssertOnceAsync(server, build, about);
            await Eventually.TrueAsync(() => Left(server, folder["tmp"]).Count == 0, $"{about}: {string.Join(' ', Left(server, folder["tmp"]))} to go", TimeSpan.FromSeconds(10), Token);
            TestContext.Current.TestOutputHelper!.WriteLine(about);
        }
    }

    private static async Task KillAfterAsync(ServerProcess server, string build, string step, TimeSpan delay)
    {
        await foreach (var happened in server.Client.FollowBuildAsync(build, after: 0, new EventStreamOptions { ReconnectFor = TimeSpan.Zero }, Token))
        {
            if (step.Length == 0 || (happened.Type == EventTypes.BuildStep && Story.Text(happened, "step") == step)) break;
        }

        await Task.Delay(delay, Token);
        await server.KillAsync();
    }

    private static async Task AssertOnceAsync(ServerProcess server, BuildView build, string about)
    {
        var events = await server.Client.ReadEventsAsync(new EventQuery { Build = build.Id }, Token).ToListAsync(Token);
        Assert.True(events.Count(happened => happened.Type == EventTypes.BuildEnded) == 1 && events[^1].Type == EventTypes.BuildEnded, about);
        var files = (await server.Client.GetProjectAsync(GitHost.Project, Token)).Releases.Single(release => release.Version == build.Version).Files;
        Assert.True(files.Select(file => file.Sha256).Order().SequenceEqual(build.Files.Select(file => file.Sha256).Order()), about);
        var published = await server.Client.ReadEventsAsync(new EventQuery(), Token)
            .Where(happened => happened.Type == EventTypes.FilePublished && Story.Text(happened, "version") == build.Version && Story.Text(happened, "project") == GitHost.Project).ToListAsync(Token);
        Assert.True(published.Count == 2, $"{about}: published {string.Join(", ", published.Select(happened => happened.Message))}");
    }

    /// <summary>Processes that have something of the data directory in their arguments or in their mounts, as sandboxes have.</summary>
    private static List<string> Leftovers(string data) =>
        [.. Processes.Where((_, _) => true).Where(process => process.CommandLine.Contains(data, StringComparison.Ordinal) || Mounts(process.Id).Contains(data, StringComparison.Ordinal))
            .Select(process => $"{process.Id} {process.CommandLine}")];

    private static string Mounts(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/mountinfo");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What no build needs any more: folders of builds and half environments, and temporary files but those of .NET itself.</summary>
    private static List<string> Left(ServerProcess server, string temporary)
    {
        var builds = Path.Combine(server.Data, "builds");
        return
        [
            .. Directory.GetDirectories(builds).Where(path => Path.GetFileName(path) is not ("cache" or "repositories")),
            .. Directory.GetDirectories(Path.Combine(builds, "cache"), "new-*", SearchOption.AllDirectories),
            .. Directory.GetFiles(builds, "*.lock", SearchOption.AllDirectories),
            .. Directory.GetFiles(Path.Combine(server.Data, "files", "incoming")),
            .. Directory.GetFileSystemEntries(temporary).Where(path => !Path.GetFileName(path).StartsWith("clr-debug-pipe-", StringComparison.Ordinal)
                && !Path.GetFileName(path).StartsWith("dotnet-diagnostic-", StringComparison.Ordinal)),
        ];
    }
}
