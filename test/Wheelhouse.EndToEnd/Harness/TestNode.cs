using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>
/// A machine with an sshd, processes of its own and files that all nodes of a fleet have at the same place
/// (<c>eng/node.sh</c>). Its host key, its disk and its power can be taken away.
/// </summary>
public sealed class TestNode(string name, string folder, string place, string authorizedKeys) : IAsyncDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly ConcurrentDictionary<string, int> _webPorts = new(StringComparer.Ordinal);
    private ChildProcess? _machine;

    public string Name => name;

    /// <summary>Its address. One outside of 127.0.0.0/8 gives it a network of its own, which only root can.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Where its sshd listens.</summary>
    public int Port { get; init; } = FreePort.Take();

    /// <summary>Where a service listens on it.</summary>
    public int WebPort(string service) => _webPorts.GetOrAdd(service, _ => FreePort.Take());

    /// <summary>Where the server finds it: its own sshd, or a relay before it.</summary>
    public int ReachedAt { get; set; }

    public bool IsOn => _machine is not null;

    /// <summary>A file on it, by its path as the node sees it.</summary>
    public string File(string seen) => Path.Combine(folder, Path.GetRelativePath(place, seen));

    /// <summary>Boots it.</summary>
    /// <param name="token">Ends the wait.</param>
    /// <param name="boot">A shell script to run first, with the place of its files as <c>$1</c>.</param>
    public async Task StartAsync(CancellationToken token, string? boot = null)
    {
        if (ReachedAt == 0) ReachedAt = Port;
        Directory.CreateDirectory(folder);
        var run = Directory.CreateDirectory(Path.Combine(folder, "run"));
        run.UnixFileMode = (UnixFileMode)0b001_111_111_111; // Like /tmp: service users write their pidfiles there.
        if (boot is not null)
        {
            var script = Path.Combine(folder, "boot");
            await System.IO.File.WriteAllTextAsync(script, "#!/bin/sh\nset -e\n" + boot + "\n", token);
            System.IO.File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _machine = ChildProcess.Start(
            Path.Combine(Repository.Root, "eng", "node.sh"),
            [folder, place, Port.ToString(CultureInfo.InvariantCulture), authorizedKeys],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["NODE_ADDRESS"] = Address });
        if (HasOwnNetwork) await Cable.PlugInAsync(_machine.Id, Address, token);
        await Eventually.TrueAsync(AnswersAsync, $"the sshd of {name}: {_machine.Everything}", Within, token);
    }

    /// <summary>Takes its power away: everything on it is gone at once, but its disk.</summary>
    public async Task KillAsync()
    {
        if (_machine is null) return;
        await _machine.KillAsync();
        await _machine.DisposeAsync();
        _machine = null;
    }

    /// <summary>Gives it another host key, as a machine that was set up anew, or an impostor, would have.</summary>
    public async Task ChangeHostKeyAsync(CancellationToken token)
    {
        await KillAsync();
        System.IO.File.Delete(Path.Combine(folder, "etc", "host_key"));
        System.IO.File.Delete(Path.Combine(folder, "etc", "host_key.pub"));
        await StartAsync(token);
    }

    /// <summary>Every process on it but its sshd's listener: what sessions and deploys started.</summary>
    public IReadOnlyList<RunningProcess> Processes()
    {
        if (_machine is null) return [];
        var first = Testing.Processes.ChildrenOf(_machine.Id)[0];
        var space = Namespace(first);
        return [.. Testing.Processes.Where((_, _) => true).Where(process => process.Id != first && Namespace(process.Id) == space)];
    }

    /// <summary>What deploys left running on it beside the service itself: sessions, payloads, commands.</summary>
    public IReadOnlyList<RunningProcess> Leftovers() =>
        [.. Processes().Where(process => !process.CommandLine.Contains("gunicorn", StringComparison.Ordinal))];

    /// <summary>Cuts every SSH session the hard way; new ones can be opened.</summary>
    public void CutSessions()
    {
        foreach (var process in Processes().Where(process => process.CommandLine.StartsWith("sshd:", StringComparison.Ordinal)))
            Testing.Processes.Kill(process.Id);
    }

    /// <summary>What the sample service answers.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<Hello> AskAsync(CancellationToken token, string service = HelloService.DefaultName)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{WebPort(service)}/");
        request.Headers.ConnectionClose = true;
        using var response = await Http.SendAsync(request, token);
        var answer = await response.Content.ReadAsStringAsync(token);
        return JsonSerializer.Deserialize<Hello>(answer, JsonSerializerOptions.Web)!;
    }

    /// <summary>The version that the sample service says; null when nothing answers.</summary>
    public async Task<string?> VersionAsync(CancellationToken token, string service = HelloService.DefaultName)
    {
        try
        {
            return (await AskAsync(token, service)).Version;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private bool HasOwnNetwork => !Address.StartsWith("127.", StringComparison.Ordinal);

    private static string? Namespace(int process)
    {
        try
        {
            return System.IO.File.ResolveLinkTarget($"/proc/{process}/ns/pid", returnFinalTarget: false)?.Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended meanwhile.
        }
    }

    private async Task<bool> AnswersAsync()
    {
        if (_machine!.HasExited) throw new InvalidOperationException($"{name} did not boot: {_machine.Everything}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Address, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>What the sample service says of itself at <c>/</c>.</summary>
public sealed record Hello(string Version, int Pid);
