using System.Diagnostics;

namespace Wheelhouse.Testing;

/// <summary>
/// A real OpenSSH server on a free loopback port, with host key, authorised key and configuration of its own. Everything it started
/// ends with it, what made itself a session of its own included as long as its parent lives.
/// </summary>
public sealed class TestSshd : IAsyncDisposable
{
    private readonly TempFolder _folder = new("wh-sshd");
    private readonly string _extraConfiguration;
    private Process? _process;
    private Task<string> _log = Task.FromResult(string.Empty);

    private TestSshd(string extraConfiguration) => _extraConfiguration = extraConfiguration;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The process id of the listener; null while it is stopped.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The line for known_hosts.</summary>
    public string KnownHostsLine => $"[127.0.0.1]:{Port} {string.Join(' ', File.ReadAllText(HostKey + ".pub").Split(' ').Take(2)).Trim()}";

    private string HostKey => _folder["host_ed25519"];

    /// <summary>Starts one that lets the owner of a public key in as the user who runs the tests.</summary>
    /// <param name="publicKey">The text of a public key file.</param>
    /// <param name="extraConfiguration">More lines for sshd_config; they come first and so win.</param>
    public static async Task<TestSshd> StartAsync(string publicKey, string extraConfiguration = "")
    {
        // sshd's monitor needs it and makes it only when systemd starts it.
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        var sshd = new TestSshd(extraConfiguration);
        sshd._folder.Write("authorized_keys", publicKey);
        await sshd.ChangeHostKeyAsync();
        await sshd.StartAgainAsync();
        return sshd;
    }

    /// <summary>Makes a key pair without a passphrase.</summary>
    /// <returns>The text of the public key.</returns>
    public static async Task<string> MakeKeyAsync(string path)
    {
        File.Delete(path);
        using var keygen = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path]) { UseShellExecute = false })!;
        await keygen.WaitForExitAsync();
        return await File.ReadAllTextAsync(path + ".pub");
    }

    /// <summary>Gives it a new host key; one that runs goes on with the old one until it is started again.</summary>
    public Task ChangeHostKeyAsync() => MakeKeyAsync(HostKey);

    /// <summary>Starts the listener, after <see cref="StopAsync"/> on the same port.</summary>
    public async Task StartAgainAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = Port == 0 ? FreePort.Take() : Port;
            if (await TryStartAsync(port) is { } said)
            {
                if (attempt == 5) throw new InvalidOperationException($"sshd did not start: {said}");
                continue;
            }

            Port = port;
            return;
        }
    }

    /// <summary>The process ids of the connections that are open now.</summary>
    public IReadOnlyList<int> Sessions() => _process is null ? [] : Processes.ChildrenOf(_process.Id);

    /// <summary>Cuts every open connection the hard way.</summary>
    public void KillSessions()
    {
        foreach (var session in Sessions()) Processes.Kill(session);
    }

    /// <summary>Ends the listener and every connection.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await Task.WhenAny(_log, Task.Delay(TimeSpan.FromSeconds(1)));
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task<string?> TryStartAsync(int port)
    {
        var configuration = _folder.Write("sshd_config", $"""
            {_extraConfiguration}
            ListenAddress 127.0.0.1:{port}
            HostKey {HostKey}
            AuthorizedKeysFile {_folder["authorized_keys"]}
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            MaxStartups 200
            MaxSessions 100
            UseDNS no
            PrintMotd no

            """);
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", configuration]) { UseShellExecute = false, RedirectStandardError = true })!;
        List<string> said = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Server listening on", StringComparison.Ordinal))
            {
                _process = process;
                _log = process.StandardError.ReadToEndAsync(); // Or a full pipe would stop it.
                return null;
            }

            said.Add(line);
        }

        await process.WaitForExitAsync();
        process.Dispose();
        return string.Join(" / ", said);
    }
}
