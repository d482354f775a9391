using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>The payload as a local process, spoken to through its protocol as the server does over SSH.</summary>
public sealed class PayloadProcess : IAsyncDisposable
{
    private const string Marker = "b1946ac92492d234";
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Wheelhouse.Server", "Nodes", "Payload");

    private readonly Process _process;
    private readonly Dictionary<int, JsonObject> _answers = [];
    private readonly List<JsonObject> _events = [];
    private int _lastId;
    private bool _isDisposed;

    private PayloadProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public IReadOnlyList<JsonObject> Events => _events;

    public string Messages => string.Join('\n', _events.Select(e => (string?)(e["message"] ?? e["line"])));

    /// <summary>Starts a payload and waits for its marker.</summary>
    /// <param name="token">Ends the wait.</param>
    /// <param name="silence">Seconds without a message after which the server counts as gone.</param>
    /// <param name="user">The login user, null for the one that runs the tests.</param>
    /// <param name="environment">Changes to its environment; a variable whose value is null is removed.</param>
    public static async Task<PayloadProcess> StartAsync(
        CancellationToken token, double silence = 30, string? user = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] words = ["/usr/bin/python3", "-u", "-c", (await File.ReadAllTextAsync(Path.Combine(Folder, "loader.py"), token)).Trim()];
        if (user is not null) words = ["sudo", "-n", "-u", user, "--", .. words];
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var modules = Directory.EnumerateFiles(Folder, "wheelhouse_*.py").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        var bundle = JsonSerializer.SerializeToUtf8Bytes(new { marker = Marker, main = "wheelhouse_node", modules, silence_s = silence, ping_s = 1 });
        var input = process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes($"{bundle.Length}\n"), token);
        await input.WriteAsync(bundle, token);
        await input.FlushAsync(token);
        while (await process.StandardOutput.ReadLineAsync(token) is { } line && line != Marker)
        {
        }

        return new PayloadProcess(process);
    }

    /// <summary>Sends a request and returns its id.</summary>
    public async Task<int> SendAsync(string op, object args, CancellationToken token, int? epoch = null, string? step = null)
    {
        var id = ++_lastId;
        await WriteAsync(new { id, op, args, epoch, step }, token);
        return id;
    }

    /// <summary>Sends a request and returns its result.</summary>
    /// <exception cref="PayloadException">It answered an error.</exception>
    public async Task<JsonNode> AskAsync(string op, object args, CancellationToken token, int? epoch = null, string? step = null) =>
        await AnswerAsync(await SendAsync(op, args, token, epoch, step), token);

    /// <summary>Waits for the result of a request that was sent.</summary>
    public async Task<JsonNode> AnswerAsync(int id, CancellationToken token)
    {
        JsonObject? answer;
        while (!_answers.Remove(id, out answer))
        {
            if (!await ReadAsync(token)) throw new InvalidOperationException("The payload ended without an answer.");
        }

        return answer["result"] ?? throw new PayloadException(answer["error"]!.AsObject());
    }

    /// <summary>Waits until a progress event or log line contains the text.</summary>
    public async Task WaitForAsync(string text, CancellationToken token)
    {
        while (!Messages.Contains(text, StringComparison.Ordinal))
        {
            if (!await ReadAsync(token)) throw new InvalidOperationException($"The payload ended before it said: {text}");
        }
    }

    public Task CancelAsync(int id, CancellationToken token) => WriteAsync(new { op = "cancel", id }, token);

    /// <summary>Closes its input, as a cut session does.</summary>
    public void Cut() => _process.StandardInput.Close();

    public async Task<int> WaitForExitAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited)
        {
            Processes.Signal(Id, Signals.Terminate);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited) _process.Kill();
        }

        _process.Dispose();
    }

    private async Task WriteAsync(object message, CancellationToken token)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web);
        await _process.StandardInput.BaseStream.WriteAsync((byte[])[.. line, (byte)'\n'], token);
        await _process.StandardInput.BaseStream.FlushAsync(token);
    }

    private async Task<bool> ReadAsync(CancellationToken token)
    {
        if (await _process.StandardOutput.ReadLineAsync(token) is not { } line) return false;
        var message = JsonNode.Parse(line)!.AsObject();
        if (message.ContainsKey("event")) _events.Add(message);
        else _answers[(int)message["id"]!] = message;
        return true;
    }
}

/// <summary>An error that the payload answered.</summary>
public sealed class PayloadException(JsonObject error) : Exception($"{error["code"]}: {error["message"]} ({error["fix"]})")
{
    public string Code => (string)error["code"]!;

    public string? Fix => (string?)error["fix"];

    public JsonObject Error => error;
}
