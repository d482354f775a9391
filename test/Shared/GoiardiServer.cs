using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Wheelhouse.Testing;

/// <summary>
/// A real goiardi (a server that speaks the API of Chef Infra Server) on a free loopback port, with everything in memory and signed requests required.
/// What the tests put into it is signed by Chef's own Ruby code, not by ours.
/// </summary>
public sealed class GoiardiServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new("wh-goiardi");
    private readonly bool _tls;
    private ChildProcess? _process;

    private GoiardiServer(bool tls) => _tls = tls;

    /// <summary>Its URL; goiardi has no organisations.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The directory of its keys, to be allowed for inventories.</summary>
    public string Folder => _folder.Root;

    /// <summary>The file of the private key of the client <c>admin</c>.</summary>
    public string AdminKey => KeyOf("admin");

    /// <summary>The file of its own certificate, when it speaks TLS.</summary>
    public string Certificate => _folder["server.crt"];

    /// <summary>The file of the private key of one of the clients that it makes at its start: <c>admin</c>, <c>chef-validator</c>, <c>chef-webui</c>.</summary>
    public string KeyOf(string client) => _folder[$"{client}.pem"];

    /// <summary>Starts one.</summary>
    /// <param name="token">Ends the wait for it.</param>
    /// <param name="tls">Whether it speaks TLS, with a certificate that it signed itself.</param>
    public static async Task<GoiardiServer> StartAsync(CancellationToken token, bool tls = false)
    {
        var server = new GoiardiServer(tls);
        if (tls) server.WriteCertificate();
        for (var attempt = 1; !await server.TryStartAsync(token); attempt++)
        {
            if (attempt == 5) throw new InvalidOperationException($"goiardi did not start: {server._process?.Everything}");
        }

        return server;
    }

    /// <summary>Makes an environment.</summary>
    public Task AddEnvironmentAsync(string name, CancellationToken token) =>
        SendAsync(token, ["POST", "/environments", new { name, json_class = "Chef::Environment", chef_type = "environment" }]);

    /// <summary>Makes a role without recipes.</summary>
    public Task AddRoleAsync(string name, CancellationToken token) =>
        SendAsync(token, ["POST", "/roles", new { name, json_class = "Chef::Role", chef_type = "role", run_list = Array.Empty<string>() }]);

    /// <summary>Makes nodes of one role and environment, as their chef-client would after its run.</summary>
    /// <param name="role">The role in their run list.</param>
    /// <param name="environment">An environment that exists.</param>
    /// <param name="token">Ends it.</param>
    /// <param name="nodes">Each name with what Ohai found.</param>
    public Task AddNodesAsync(string role, string environment, CancellationToken token, params IEnumerable<(string Name, object Automatic)> nodes) =>
        SendAsync(token, [.. nodes.Select(object[] (node) =>
            ["POST", "/nodes", new
            {
                name = node.Name,
                json_class = "Chef::Node",
                chef_type = "node",
                chef_environment = environment,
                run_list = new[] { $"role[{role}]" },
                automatic = node.Automatic,
            }])]);

    /// <summary>Sends signed requests, each a method, a path and a body, by Chef's own code.</summary>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public async Task SendAsync(CancellationToken token, params IEnumerable<object[]> requests)
    {
        await using var ruby = ChildProcess.Start(
            "ruby", [Path.Combine(Repository.Fixtures, "chef", "request.rb"), Url, "admin", AdminKey],
            new Dictionary<string, string?> { ["SSL_CERT_FILE"] = _tls ? Certificate : null }, keepInput: true);
        foreach (var request in requests) await ruby.Input.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), token);
        ruby.Input.Close();
        var finished = await ruby.FinishAsync(token);
        if (finished.ExitCode != 0) throw new InvalidOperationException($"goiardi: {finished.Errors}");
    }

    /// <summary>Ends it; its keys stay.</summary>
    public Task StopAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> TryStartAsync(CancellationToken token)
    {
        if (_process is not null) await _process.DisposeAsync();
        var port = FreePort.Take();
        List<string> arguments = ["--use-auth", "--ipaddress=127.0.0.1", "--hostname=127.0.0.1", $"--port={port}", $"--conf-root={Folder}"];
        if (_tls) arguments.AddRange(["--use-ssl", $"--ssl-cert={Certificate}", $"--ssl-key={_folder["server.key"]}"]);
        var process = _process = ChildProcess.Start("goiardi", arguments);
        Url = $"{(_tls ? "https" : "http")}://127.0.0.1:{port}";
        await Eventually.TrueAsync(() => process.HasExited || (File.Exists(AdminKey) && Listens(port)), "goiardi to listen", Patience, token);
        return !process.HasExited;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=goiardi", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _folder.Write("server.crt", certificate.ExportCertificatePem());
        _folder.Write("server.key", key.ExportRSAPrivateKeyPem());
    }
}
