using System.Globalization;
using System.Net;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.WebBench;

/// <summary>The shipped server on the seeded data.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private const string Token = "whl_bench_admin_0123456789abcdef0123456789abcdef";
    private readonly ChildProcess _process;
    private readonly WheelhouseClient _client;

    private BenchServer(ChildProcess process, Uri url)
    {
        (_process, Url) = (process, url);
        _client = WheelhouseClient.Create(url, Token, "wheelhouse-bench/1.0");
    }

    public Uri Url { get; }

    /// <summary>Its resident memory, in MiB.</summary>
    public double Memory => int.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    public static async Task<BenchServer> StartAsync(string data, CancellationToken token)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var process = ChildProcess.Start(
            Repository.Program("Wheelhouse.Server", "wheelhouse-server"), ["run", "--data", data, "--urls", url.ToString().TrimEnd('/')],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["WHEELHOUSE_ADMIN_TOKEN"] = Token });
        var server = new BenchServer(process, url);
        await Eventually.TrueAsync(server.AnswersAsync, "the server to answer", TimeSpan.FromSeconds(60), token);
        return server;
    }

    /// <summary>A link that signs in.</summary>
    public async Task<string> LinkAsync(CancellationToken token) => (await _client.CreateSessionLinkAsync(new SessionLinkRequest(), token)).Url;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

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
}
