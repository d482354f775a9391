namespace Wheelhouse.EndToEnd.Harness;

/// <summary>What the tests of the pages share: a server, three nodes and three good releases. Each test has a service of its own.</summary>
public sealed class WebLab : IAsyncLifetime
{
    private static readonly string[] Versions = ["1.0.0", "1.1.0", "1.2.0"];

    private readonly Dictionary<string, Patient> _patients = new(StringComparer.Ordinal);

    private Lab? _lab;

    /// <summary>A server and nodes.</summary>
    public Lab Lab => _lab!;

    public ServerProcess Server => Lab.Server;

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _lab = await Lab.StartAsync(await Fleet.StartAsync(3, token), GitHost.Allow, token);
        await Lab.UploadAsync(token, [.. await Wheels.BuildToolsAsync(Lab.Folder, token)]);
        foreach (var version in Versions) await Lab.PublishAsync(version, token, Broken.HealthOnDemand);
    }

    /// <summary>A service that was made before; null when there is none.</summary>
    public Patient? Find(string name) => _patients.GetValueOrDefault(name);

    public ValueTask DisposeAsync() => _lab?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Makes a service that runs nowhere yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="checkWithin">How long a node may be ill until the rollout gives up.</param>
    /// <param name="policy">Its policy; null for the usual one.</param>
    public async Task<Patient> AddAsync(string name, string checkWithin = "60s", string? policy = null)
    {
        var service = new HelloService { Name = name, CheckWithin = checkWithin };
        if (policy is not null) service = service with { Policy = policy };
        var patient = new Patient(Lab, service with
        {
            More = $"env: {{ ILL: {Patient.IllnessOf(Lab.Fleet, name)} }}\ndrain: /bin/echo nobody is sent here any more",
        });
        await Lab.ApplyAsync(patient.Service, TestContext.Current.CancellationToken);
        return _patients[name] = patient;
    }

    /// <summary>Makes a service that runs 1.0.0 on all nodes.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<Patient> AddRunningAsync(string name, string checkWithin = "60s", string? policy = null)
    {
        var patient = await AddAsync(name, checkWithin, policy);
        await patient.DeployedAsync("1.0.0");
        return patient;
    }
}

/// <summary>The tests of the pages, one after another: they share the server, and one of them kills it.</summary>
[CollectionDefinition(Name)]
public sealed class WebTests : ICollectionFixture<WebLab>
{
    public const string Name = "web";
}
