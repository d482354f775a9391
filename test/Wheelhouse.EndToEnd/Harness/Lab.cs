using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A server, a fleet that it may log in to, and the sample service, ready for a first deploy.</summary>
public sealed class Lab : IAsyncDisposable
{
    public const string Environment = "production";

    private readonly TempFolder _home = new("wh-home");

    private Lab(Fleet fleet)
    {
        Fleet = fleet;
        Cli = new Cli(Server, _home);
    }

    public Fleet Fleet { get; }

    public ServerProcess Server { get; } = new();

    public Cli Cli { get; }

    public HelloService Service { get; private set; } = new();

    /// <summary>A folder for the test's own files.</summary>
    public TempFolder Folder => _home;

    /// <summary>Starts everything, trusts the nodes' host keys, publishes releases and applies the service.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="token">Ends the start.</param>
    /// <param name="service">The service; null for the sample as it is.</param>
    /// <param name="versions">The good releases to publish.</param>
    public static async Task<Lab> StartAsync(int nodes, CancellationToken token, HelloService? service = null, params string[] versions) =>
        await StartAsync(await Fleet.StartAsync(nodes, token), configure: null, token, service, versions);

    /// <summary>The same with nodes that run already and a server that is special.</summary>
    public static async Task<Lab> StartAsync(
        Fleet fleet, Action<ServerProcess>? configure, CancellationToken token, HelloService? service = null, params string[] versions)
    {
        var lab = new Lab(fleet);
        try
        {
            await lab.PrepareAsync(configure, service ?? new HelloService(), versions, token);
            return lab;
        }
        catch
        {
            // Nobody else knows of its processes.
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uploads files with twine, as a build would.</summary>
    public Task UploadAsync(CancellationToken token, params string[] files) => ChildProcess.CheckAsync(
        "/usr/bin/twine",
        ["upload", "--non-interactive", "--disable-progress-bar", "--repository-url", new Uri(Server.Url, "legacy/").ToString(), .. files],
        token,
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = _home.Root,
            ["TWINE_USERNAME"] = "__token__",
            ["TWINE_PASSWORD"] = ServerProcess.AdminToken,
        });

    /// <summary>Publishes a release of the sample service.</summary>
    public async Task PublishAsync(string version, CancellationToken token, string? wsgi = null, string? requires = null) =>
        await UploadAsync(token, await Wheels.HelloAsync(Folder, version, token, wsgi, requires));

    public async Task ApplyAsync(HelloService service, CancellationToken token)
    {
        Service = service;
        service.Configure(Fleet);
        await Cli.CheckAsync(token, "apply", "-f", Folder.Write($"{service.Name}.yaml", service.ToYaml(Fleet)));
    }

    /// <summary>Trusts the host keys that the nodes show now.</summary>
    public Task TrustAsync(CancellationToken token) => Cli.CheckAsync(token, "nodes", "trust", Service.Name, Environment, "--yes");

    /// <summary>Deploys with the command line and waits for the end.</summary>
    public Task<Finished> DeployAsync(string version, CancellationToken token, params string[] more) =>
        Cli.RunAsync(token, ["deploy", Service.Name, Environment, version, .. more]);

    /// <summary>Deploys and expects success on all nodes.</summary>
    public async Task DeployedAsync(string version, CancellationToken token)
    {
        var finished = await DeployAsync(version, token);
        Assert.True(finished.ExitCode == 0, $"{finished.Output}\n{finished.Errors}\n{Server.Log}");
        Assert.Equal(string.Join(' ', Fleet.Nodes.Select(_ => version)), await Fleet.VersionsAsync(token));
    }

    /// <summary>The newest rollout of the service.</summary>
    public async Task<RolloutView> LastRolloutAsync(CancellationToken token)
    {
        var newest = (await Server.Client.ListRolloutsAsync(Service.Name, Environment, limit: 1, before: null, token))[0];
        return await Server.Client.GetRolloutAsync(newest.Id, token);
    }

    /// <summary>Every event of a rollout so far, in order.</summary>
    public async Task<IReadOnlyList<EventView>> EventsAsync(string rollout, CancellationToken token) =>
        await Server.Client.ReadEventsAsync(new EventQuery(Rollout: rollout), token).ToListAsync(token);

    /// <summary>Waits until a rollout has ended.</summary>
    public async Task<RolloutView> EndedAsync(string rollout, TimeSpan within, CancellationToken token)
    {
        RolloutView? view = null;
        await Eventually.TrueAsync(
            async () => RolloutStates.IsEnded((view = await Server.Client.GetRolloutAsync(rollout, token)).State),
            $"the end of rollout {rollout}", within, token);
        return view!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Fleet.DisposeAsync();
        _home.Dispose();
    }

    private async Task PrepareAsync(Action<ServerProcess>? configure, HelloService service, string[] versions, CancellationToken token)
    {
        Server.UseKey(Fleet.Key);
        configure?.Invoke(Server);
        await Server.StartAsync(token);
        await UploadAsync(token, [.. await Wheels.DependenciesAsync(Folder, token)]);
        foreach (var version in versions) await PublishAsync(version, token);
        await ApplyAsync(service, token);
        await TrustAsync(token);
    }
}
