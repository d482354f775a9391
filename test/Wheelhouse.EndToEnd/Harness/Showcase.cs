using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>What a small company's Wheelhouse looks like on a busy afternoon: six services, and one of each thing that can be the matter.</summary>
public sealed class Showcase : IAsyncDisposable
{
    private const string Policy = "{ connect_timeout: 5s, connect_retries: 1, failure_budget: 0 }";
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    /// <summary>Each service, its releases, and its policy in production.</summary>
    private static readonly (string Name, string[] Versions, string Policy)[] Services =
    [
        ("billing", ["2.3.0", "2.4.0", "2.4.1"], Policy),
        ("mailer", ["0.9.0", "0.9.1"], "{ connect_timeout: 5s, failure_budget: 1 }"),
        ("reports", ["0.1.0"], Policy),
        ("search", ["1.8.2", "1.9.0"], Policy),
        ("storefront", ["7.0.0", "7.1.0", "7.2.0rc1"], Policy),
    ];

    private readonly TempFolder _folder = new("wh-show");
    private readonly Dictionary<string, WheelhouseClient> _people = new(StringComparer.Ordinal);
    private Fleet _fleet = null!;
    private BuiltProject? _built;

    public ServerProcess Server { get; } = new();

    /// <summary>The id of a rollout that waits on a node until the showcase ends.</summary>
    public string Running { get; private set; } = "";

    /// <summary>The id of a rollout that failed its check and went back.</summary>
    public string Reverted { get; private set; } = "";

    /// <summary>The id of a rollout that went well.</summary>
    public string Succeeded { get; private set; } = "";

    /// <summary>The ids of two rollouts of billing in production, to be compared.</summary>
    public string Before { get; private set; } = "";

    /// <inheritdoc cref="Before"/>
    public string After { get; private set; } = "";

    /// <summary>The id of a build that was published.</summary>
    public string Built { get; private set; } = "";

    /// <summary>The id of a build with a test that failed.</summary>
    public string BuiltBadly { get; private set; } = "";

    /// <summary>The token of somebody who may look and nothing else.</summary>
    public string ViewerToken { get; private set; } = "";

    public async Task StartAsync(CancellationToken token)
    {
        _fleet = await Fleet.StartAsync(6, token);
        Server.UseKey(_fleet.Key);
        GitHost.Allow(Server);
        await Server.StartAsync(token);
        var cli = new Cli(Server, _folder);
        await cli.CheckAsync(token, ["publish", .. await WheelsAsync(token)]);
        foreach (var (name, _, _) in Services) new HelloService { Name = name }.Configure(_fleet);
        await cli.CheckAsync(token, "apply", "-f", _folder.Write("services.yaml", string.Join("---\n", Services.Select(Document))));
        await PastDeliveries.WriteAsync(Server, 600, ["billing", "mailer", "search", "storefront"], token);
        foreach (var environment in (string[])["staging", "production"])
            await cli.CheckAsync(token, "nodes", "trust", "billing", environment, "--yes");
        foreach (var person in (string[])["ada", "grace", "linus"])
        {
            var made = await Server.Client.CreateTokenAsync(new TokenRequest { Name = person, Role = Roles.Deployer }, token);
            _people[person] = WheelhouseClient.Create(Server.Url, made.Token, "wheelhouse-tests/1.0");
        }

        ViewerToken = (await Server.Client.CreateTokenAsync(new TokenRequest { Name = "lobby-screen", Role = Roles.Viewer }, token)).Token;
        foreach (var (name, role) in (IEnumerable<(string, string)>)[("ada.l", Roles.Deployer), ("margaret", Roles.Admin)])
            await Server.Client.CreateUserAsync(new UserRequest { Name = name, Role = role, Password = "twelve characters and more" }, token);
        await Server.Client.YankAsync("acme-storefront", "7.2.0rc1", file: null, "empties carts: wait for 7.2.0rc2", token);
        await Server.Client.SetProjectStatusAsync("acme-reports", new("deprecated", "billing has them now"), token);
        await Task.WhenAll(BuildsAsync(token), BillingAsync(token), MailerAsync(token), SearchAsync(token), StorefrontAsync(token));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values) person.Dispose();
        await Server.DisposeAsync();
        await _fleet.DisposeAsync();
        _built?.Dispose();
        _folder.Dispose();
    }

    private async Task BuildsAsync(CancellationToken token)
    {
        _built = await BuiltProject.AddAsync(Server, "acme-search", token);
        await _built.PushAsync("1.10.0", "Rank what was read lately before what was written lately", token);
        Built = (await _built.EndedAsync(await _built.AskAsync(token), token)).Id;
        await _built.PushAsync("1.11.0", "Doubt the answer", token, answer: 43);
        BuiltBadly = (await _built.EndedAsync(await _built.AskAsync(token), token)).Id;
    }

    private async Task BillingAsync(CancellationToken token)
    {
        await DeployAsync("ada", "billing", "staging", "2.4.0", RolloutStates.Succeeded, token, "invoices by quarter");
        Before = await DeployAsync("ada", "billing", "production", "2.3.0", RolloutStates.Succeeded, token);
        var (name, versions, policy) = Services[0];
        var two = Document((name, versions, policy.Replace("failure_budget: 0", "failure_budget: 1, batches: [1, 50%]", StringComparison.Ordinal)));
        await new Cli(Server, _folder).CheckAsync(token, "apply", "-f", _folder.Write("billing.yaml", two));
        After = await DeployAsync("ada", "billing", "production", "2.4.0", RolloutStates.Succeeded, token, "invoices by quarter");
        Succeeded = await DeployAsync("ada", "billing", "staging", "2.4.1", RolloutStates.Succeeded, token);
    }

    private async Task MailerAsync(CancellationToken token)
    {
        await DeployAsync("linus", "mailer", "production", "0.9.0", RolloutStates.Succeeded, token);
        MakeIll("mailer", "0.9.1", 4);
        await DeployAsync("linus", "mailer", "production", "0.9.1", RolloutStates.Succeeded, token, "new sender address");
    }

    private async Task SearchAsync(CancellationToken token)
    {
        await DeployAsync("grace", "search", "staging", "1.9.0", RolloutStates.Succeeded, token);
        await DeployAsync("grace", "search", "production", "1.8.2", RolloutStates.Succeeded, token);
        MakeIll("search", "1.9.0", 3);
        Reverted = await DeployAsync("grace", "search", "production", "1.9.0", RolloutStates.Reverted, token, "faster ranking");
    }

    private async Task StorefrontAsync(CancellationToken token)
    {
        await DeployAsync("ada", "storefront", "staging", "7.1.0", RolloutStates.Succeeded, token);
        await DeployAsync("ada", "storefront", "production", "7.0.0", RolloutStates.Succeeded, token);
        MakeIll("storefront", "7.1.0", 4);
        Running = await AskAsync("grace", "storefront", "production", "7.1.0", "the autumn sale", token);
        await Eventually.TrueAsync(
            async () => (await Server.Client.GetRolloutAsync(Running, token)).Nodes.Any(node => node is { Name: "web3", State: "activating" }),
            "the storefront to wait on web3", Within, token);
    }

    private async Task<string> DeployAsync(
        string by, string service, string environment, string version, string expected, CancellationToken token, string? reason = null)
    {
        var rollout = await AskAsync(by, service, environment, version, reason, token);
        RolloutView? view = null;
        await Eventually.TrueAsync(
            async () => RolloutStates.IsEnded((view = await Server.Client.GetRolloutAsync(rollout, token)).State), $"{service} {version}", Within, token);
        Assert.True(view!.State == expected, $"{service} {version} in {environment}: {view.State}, {view.Error}");
        return rollout;
    }

    private async Task<string> AskAsync(string by, string service, string environment, string version, string? reason, CancellationToken token) =>
        (await _people[by].AskRolloutAsync(
            service, environment, new RolloutRequest { Version = version, Reason = reason }, Guid.NewGuid().ToString("N"), token)).Rollout.Id;

    private void MakeIll(string service, string version, int node) => File.WriteAllText(_fleet[node].File(Patient.IllnessOf(_fleet, service)), version);

    private async Task<IReadOnlyList<string>> WheelsAsync(CancellationToken token)
    {
        List<string> made = [.. await Wheels.DependenciesAsync(_folder, token), .. await Wheels.BuildToolsAsync(_folder, token)];
        foreach (var (name, versions, _) in Services)
        {
            foreach (var version in versions)
                made.Add(await Wheels.HelloAsync(_folder, version, token, Broken.HealthOnDemand, package: $"acme-{name}"));
        }

        return made;
    }

    private string Document((string Name, string[] Versions, string Policy) service) => $$"""
        service: {{service.Name}}
        team: {{(service.Name is "billing" or "reports" ? "finance" : "customers")}}
        package: acme-{{service.Name}}
        python: "3.11"
        root: {{_fleet.Place}}/srv/{{service.Name}}
        env: { PACKAGE: acme-{{service.Name}}, ILL: {{Patient.IllnessOf(_fleet, service.Name)}} }
        drain: /bin/echo taken out of the load balancer
        undrain: /bin/echo back in the load balancer
        processes:
          - name: web
            start: { command: "{current}/bin/python -m gunicorn -c {{_fleet.Place}}/etc/{{service.Name}}.py hello.wsgi:app" }
            reload: { signal: HUP, pidfile: {{_fleet.Place}}/run/{{service.Name}}.pid }
            check: { http: "http://{{service.Name}}/health", socket: {{_fleet.Place}}/run/{{service.Name}}.sock, expect: { json: version }, within: {{(service.Name == "storefront" ? "10m" : "3s")}} }
        environments:
          - name: staging
            nodes:
              static:
        {{Nodes("stage", 0..2)}}
          - name: production
            nodes:
              static:
        {{Nodes("web", 2..6)}}
            policy: {{service.Policy}}

        """;

    private string Nodes(string name, Range nodes) => string.Join('\n', _fleet.Nodes.ToArray()[nodes].Select((node, i) =>
        $"        - {{ name: {name}{i + 1}, address: {node.Address}, port: {node.ReachedAt} }}"));
}
