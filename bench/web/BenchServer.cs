using System.Globalization;
using System.Net;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.WebBench;

/// <summary>The shipped server on the seeded data.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly string Program =
        Environment.GetEnvironmentVariable("SERVER") is { Length: > 0 } path ? path : Repository.Program("Wheelhouse.Server", "wheelhouse-server");

    private const string Token = "whl_bench_admin_0123456789abcdef0123456789abcdef";
    private readonly string _data;
    private readonly WheelhouseClient _client;
    private ChildProcess _process;

    private BenchServer(string data, Uri url)
    {
        (_data, Url) = (data, url);
        _client = WheelhouseClient.Create(url, Token, "wheelhouse-bench/1.0");
        _process = Run();
    }

    public Uri Url { get; }

    /// <summary>Its resident memory, in MiB.</summary>
    public double Memory => int.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    public static async Task<BenchServer> StartAsync(string data, CancellationToken token)
    {
        var server = new BenchServer(data, new Uri($"http://127.0.0.1:{FreePort.Take()}"));
        await server.WaitAsync(token);
        return server;
    }

    /// <summary>Ends it and starts it again, on the same data and address.</summary>
    public async Task RestartAsync(CancellationToken token)
    {
        await _process.DisposeAsync();
        _process = Run();
        await WaitAsync(token);
    }

    /// <summary>Adds the big service, and small ones beside it.</summary>
    public Task AddServicesAsync(int nodes, int others, CancellationToken token) => _client.ApplyAsync(
        string.Join("---\n", [Document(Seed.Service, nodes), .. Enumerable.Range(1, others).Select(i => Document($"service{i}", 3))]), token);

    /// <summary>A link that signs in.</summary>
    public async Task<string> LinkAsync(CancellationToken token) => (await _client.CreateSessionLinkAsync(new SessionLinkRequest(), token)).Url;

    /// <summary>Makes the server look at what another process wrote: it looks after each commit of its own.</summary>
    public Task NudgeAsync(string name, CancellationToken token) => _client.CreateTokenAsync(new TokenRequest { Name = name, Role = Roles.Viewer }, token);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private ChildProcess Run() => ChildProcess.Start(
        Program, ["run", "--data", _data, "--urls", Url.ToString().TrimEnd('/')],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["WHEELHOUSE_ADMIN_TOKEN"] = Token });

    private Task WaitAsync(CancellationToken token) => Eventually.TrueAsync(AnswersAsync, "the server to answer", TimeSpan.FromSeconds(60), token);

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The server ended:\n{_process.Everything}");
        try
        {
            await _client.WhoAmIAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or WheelhouseApiException { Problem.Status: (int)HttpStatusCode.ServiceUnavailable })
        {
            return false;
        }
    }

    private static string Document(string name, int nodes) => $$"""
        service: {{name}}
        package: acme-{{name}}
        python: "3.11"
        root: /srv/{{name}}
        processes:
          - name: web
            start: { command: "{current}/bin/python -m gunicorn -c /etc/{{name}}.py {{name}}.wsgi" }
            reload: { signal: HUP, pidfile: /run/{{name}}.pid }
            check: { http: "http://127.0.0.1:8000/health", within: 30s }
        environments:
          - name: staging
            nodes: { static: [stage1] }
          - name: production
            nodes: { static: [{{string.Join(", ", Enumerable.Range(1, nodes).Select(i => string.Create(CultureInfo.InvariantCulture, $"node{i:000}")))}}] }
            policy: { batches: [10] }

        """;
}
