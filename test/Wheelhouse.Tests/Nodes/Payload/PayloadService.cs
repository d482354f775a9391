using System.Text.Json.Nodes;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>The sample service on this machine: a root of its own, an index, a session, and gunicorn on a free port.</summary>
public sealed class PayloadService : IAsyncDisposable
{
    private readonly PayloadWheels _wheels;
    private int _steps;

    private PayloadService(PayloadWheels wheels, PayloadIndex index, PayloadProcess payload, string? user)
    {
        (_wheels, Index, Payload, User) = (wheels, index, payload, user);
        Process = new JsonObject
        {
            ["name"] = "web",
            ["pidfile"] = Folder["web.pid"],
            ["start"] = Command($"{{current}}/bin/gunicorn {Arguments}"),
            ["reload"] = new JsonObject { ["signal"] = "HUP" },
            ["stop_timeout_s"] = 10,
            ["start_timeout_s"] = 15,
        };
    }

    public TempFolder Folder { get; } = new("node");

    public string Root => Folder["srv"];

    public int Port { get; } = FreePort.Take();

    public string Arguments => $"-w 2 -b 127.0.0.1:{Port} -p {Folder["web.pid"]} hello.wsgi:app";

    public PayloadIndex Index { get; }

    public PayloadProcess Payload { get; private set; }

    public JsonObject Process { get; }

    public string? User { get; }

    public int Epoch { get; set; } = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PayloadService> StartAsync(
        PayloadWheels wheels, double silence = 30, string? login = null, string? user = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var payload = await PayloadProcess.StartAsync(Token, silence, login, environment);
        var service = new PayloadService(wheels, await PayloadIndex.StartAsync(wheels.Folder), payload, user);
        await ChildProcess.CheckAsync("chmod", ["777", service.Folder.Root], Token);
        await service.HelloAsync(service.Payload);
        return service;
    }

    public static string Release(string version) => version + "-a1b2c3d4";

    public static JsonObject Command(string words) => new() { ["command"] = words };

    public Task<JsonNode> HelloAsync(PayloadProcess payload) =>
        payload.AskAsync("hello", new { service = "hello", environment = "production", root = Root, user = User }, Token);

    /// <summary>Opens another session with the same node.</summary>
    public async Task<PayloadProcess> OpenAsync(double silence = 30)
    {
        var payload = await PayloadProcess.StartAsync(Token, silence);
        await HelloAsync(payload);
        return payload;
    }

    public async Task ReopenAsync()
    {
        await Payload.DisposeAsync();
        Payload = await OpenAsync();
    }

    public object StageArguments(string version, IReadOnlyList<LockedWheel>? packages = null, string[]? imports = null, string? command = null) => new
    {
        release = Release(version),
        version,
        package = "acme-hello",
        python = "3.11",
        packages = packages ?? _wheels.Lock(version),
        index = Index.AsArgument,
        preflight = new { imports, command, timeout_s = 30 },
        timeout_s = 60,
    };

    public string Step(string name) => $"{name}/{++_steps}";

    public Task<JsonNode> FencedAsync(string op, object args) => Payload.AskAsync(op, args, Token, Epoch, Step(op));

    public Task<JsonNode> StageAsync(string version) => FencedAsync("stage", StageArguments(version));

    public object ActivateArguments(string version, string mode = "reload", bool back = false) =>
        new { release = Release(version), version, process = Process, mode, back, timeout_s = 30 };

    public Task<JsonNode> ActivateAsync(string version, string mode = "reload", bool back = false) =>
        FencedAsync("activate", ActivateArguments(version, mode, back));

    public object Check(string version, double within = 10) => new
    {
        kind = "http",
        url = $"http://127.0.0.1:{Port}/health",
        successes = 3,
        interval_s = 0.1,
        timeout_s = 5,
        within_s = within,
        expect = new { json = new { path = "version", equals = version } },
    };

    public Task<JsonNode> ProveAsync(string version, double within = 10, bool withCheck = true, bool wait = true) => Payload.AskAsync(
        "prove", new { release = Release(version), version, process = Process, checks = withCheck ? new[] { Check(version, within) } : [], wait, within_s = within }, Token);

    /// <summary>Asserts that the version is proven to run.</summary>
    public async Task AssertRunsAsync(string version)
    {
        var proof = await ProveAsync(version);
        Assert.True((string)proof["outcome"]! == "proven", proof.ToJsonString());
    }

    public string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    public string? Current => Path.GetFileName(new FileInfo(Path.Combine(Root, "current")).LinkTarget);

    /// <summary>Gunicorn's master by its pid file, which is not there for a moment when it starts and at each reload.</summary>
    public async Task<int> FindMasterAsync()
    {
        var id = 0;
        await Eventually.TrueAsync(() => TryRead(Folder["web.pid"], out id), "the pid file", TimeSpan.FromSeconds(10), Token);
        return id;

        static bool TryRead(string file, out int id)
        {
            try
            {
                return int.TryParse(File.ReadAllText(file).AsSpan().Trim(), System.Globalization.CultureInfo.InvariantCulture, out id);
            }
            catch (FileNotFoundException)
            {
                id = 0;
                return false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Payload.DisposeAsync();
        await Index.DisposeAsync();
        // Masters run in sessions of their own by design: they are found by the root that only this test has.
        foreach (var left in Processes.Where((line, _) => line.Contains(Folder.Root, StringComparison.Ordinal))) Processes.Kill(left.Id);
        await Eventually.TrueAsync(
            () => Processes.Where((line, _) => line.Contains(Folder.Root, StringComparison.Ordinal)).Count == 0, "processes to end", TimeSpan.FromSeconds(10), CancellationToken.None);
        Folder.Dispose();
    }
}
