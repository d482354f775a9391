using System.Net;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>The shipped <c>wheelhouse-server</c> on a data directory of its own. It can be killed and started again on the same data.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string AdminToken = "whl_test_admin_0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new("wh-server");
    private readonly int _port = FreePort.Take();
    private string? _resolver;
    private ChildProcess? _process;

    public static string Program { get; } = Repository.Program("Wheelhouse.Server", "wheelhouse-server");

    public string Data => _folder["data"];

    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Standard output and error since its last start.</summary>
    public string Log => _process?.Everything ?? "";

    /// <summary>The variables that the server is started with, beside this process's own.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal) { ["WHEELHOUSE_ADMIN_TOKEN"] = AdminToken };

    /// <summary>More addresses to listen on than the loopback one.</summary>
    public List<string> MoreUrls { get; } = [];

    /// <summary>Speaks to the server as its admin.</summary>
    public WheelhouseClient Client { get; private set; } = null!;

    /// <summary>Writes the settings of ssh that the server's connections use.</summary>
    /// <param name="key">The only key that they offer; null for none at all.</param>
    public void UseKey(string? key)
    {
        Directory.CreateDirectory(Path.Combine(Data, "ssh"));
        File.WriteAllText(Path.Combine(Data, "ssh", "config"), $"IdentityFile {key ?? "none"}\nIdentitiesOnly yes\nKexAlgorithms curve25519-sha256\n");
    }

    /// <summary>Gives it, and nobody else, another <c>/etc/resolv.conf</c>. Only root can.</summary>
    /// <param name="path">The file to be seen in its place.</param>
    public void ResolveBy(string path) => _resolver = path;

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken token)
    {
        Client = WheelhouseClient.Create(Url, AdminToken, "wheelhouse-tests/1.0");
        string[] line = [Program, "run", "--data", Data, "--urls", string.Join(',', [Url.ToString().TrimEnd('/'), .. MoreUrls])];
        if (_resolver is not null) line = ["unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", _resolver, .. line];
        _process = ChildProcess.Start(line[0], line[1..], Environment);
        await Eventually.TrueAsync(IsReadyAsync, "the server to answer", Within, token);
    }

    /// <summary>Runs a verb of <c>wheelhouse-server index</c> on its data directory.</summary>
    public Task<Finished> IndexAsync(CancellationToken token, params string[] line) => ChildProcess.RunAsync(Program, IndexLine(line), token);

    /// <summary>Starts a verb of <c>wheelhouse-server index</c> on its data directory.</summary>
    public ChildProcess StartIndex(params string[] line) => ChildProcess.Start(Program, IndexLine(line));

    /// <summary>Ends it as the loss of power would.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await _process.DisposeAsync();
    }

    /// <summary>Asks it to stop (SIGTERM) and waits for its end.</summary>
    /// <returns>How it ended.</returns>
    public async Task<Finished> StopAsync(CancellationToken token)
    {
        _process!.Signal(Signals.Terminate);
        return await _process.FinishAsync(token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    private string[] IndexLine(string[] line) => ["index", .. line, "--data", Data];

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"The server ended:\n{Log}");
        try
        {
            await Client.WhoAmIAsync(CancellationToken.None);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (WheelhouseApiException e)
        {
            // A server that was started without this admin refuses, but answers.
            return e.Problem.Status != (int)HttpStatusCode.ServiceUnavailable;
        }
    }
}
