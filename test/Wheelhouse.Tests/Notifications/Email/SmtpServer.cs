using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;

namespace Wheelhouse.Tests.Notifications.Email;

/// <summary>A real mail server (Debian's python3-aiosmtpd) on the loopback.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ChildProcess _process;
    private readonly TempFolder _folder;

    private SmtpServer(ChildProcess process, TempFolder folder) => (_process, _folder) = (process, folder);

    public int Port { get; private set; }

    /// <summary>The certificate of a server with TLS, as a file.</summary>
    public string CaFile => _folder["cert.pem"];

    /// <summary>Everything that it took, in order.</summary>
    public IReadOnlyList<SentMail> Sent => [.. _process.Output.Skip(1).Select(line => JsonSerializer.Deserialize<SentMail>(line, Json)!)];

    /// <summary>Starts a server.</summary>
    /// <param name="token">Ends the start.</param>
    /// <param name="mode"><c>plain</c>, <c>starttls</c> or <c>implicit</c>.</param>
    /// <param name="user">Who must sign in, or null.</param>
    /// <param name="password">With what.</param>
    public static async Task<SmtpServer> StartAsync(CancellationToken token, string mode = "plain", string? user = null, string? password = null)
    {
        var folder = new TempFolder("smtp");
        WriteCertificate(folder);
        using var source = typeof(SmtpServer).Assembly.GetManifestResourceStream("smtp_server.py")!;
        using var reader = new StreamReader(source);
        string[] arguments = ["-Ic", await reader.ReadToEndAsync(token), mode, folder["cert.pem"], folder["key.pem"], user ?? "", password ?? ""];
        var server = new SmtpServer(ChildProcess.Start("/usr/bin/python3", arguments, keepInput: true), folder);
        await Eventually.TrueAsync(() => server._process.Output.Count > 0, "the port of the mail server", Patience, token);
        server.Port = int.Parse(server._process.Output.First(), CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>Waits until it has printed so many messages.</summary>
    public async Task<IReadOnlyList<SentMail>> WaitAsync(int count, CancellationToken token)
    {
        await Eventually.TrueAsync(() => _process.Output.Count > count, "the mail", Patience, token);
        return Sent;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static void WriteCertificate(TempFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        folder.Write("cert.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>What a mail server took.</summary>
internal sealed record SentMail(string From, IReadOnlyList<string> To, byte[] Content, bool Tls, string? User)
{
    [JsonIgnore]
    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Content));
}
