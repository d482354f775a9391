using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Hosting;

/// <summary>The general settings of the server.</summary>
[Settings("")]
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>Its absolute path is the <see cref="Storage.DataDirectory"/>.</summary>
    [Description("The one directory that holds everything: database, files, keys.")]
    public string Data { get; set; } = "/var/lib/wheelhouse";

    /// <summary>IP addresses, <c>localhost</c> or <c>*</c>; port 0 takes a free one.</summary>
    [Description("The addresses to listen on, separated by commas; port 0 takes a free one.")]
    public string[] Urls { get; set; } = ["http://127.0.0.1:8080"];

    /// <summary>Null derives it from the first of <see cref="Urls"/>, with this machine's name for a wildcard.</summary>
    [Description("The address by which nodes and people reach the server; derived from urls by default.")]
    public string? PublicUrl { get; set; }

    [Description("Allow plain http on addresses other than loopback. Tokens then cross the network readable, and pip refuses the index.")]
    public bool AllowInsecureHttp { get; set; }

    [Description("Proxies (IP addresses or networks) whose X-Forwarded-For and X-Forwarded-Proto headers are believed.")]
    public string[] TrustedProxies { get; set; } = [];

    [Description("How long a stopping server waits for requests and steps in progress.")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    [Description("'text' for one line an entry, 'json' for one JSON object an entry; both on standard error.")]
    [AllowedValues("text", "json", ErrorMessage = "{0} must be 'text' or 'json'.")]
    public string LogFormat { get; set; } = "text";

    [Description("The least important entries to log: trace, debug, information, warning or error.")]
    [AllowedValues("trace", "debug", "information", "warning", "error", ErrorMessage = "{0} must be trace, debug, information, warning or error.")]
    public string LogLevel { get; set; } = "information";

    /// <summary>Whether it listens on https anywhere.</summary>
    internal bool UsesTls => Array.Exists(Urls, url => ListenAddress.TryParse(url, out var address) && address.IsTls);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Urls.Length == 0) yield return new SettingError(nameof(Urls), "The server must listen somewhere.", "Write http://127.0.0.1:8080, for example.");
        foreach (var url in Urls)
        {
            if (!ListenAddress.TryParse(url, out var address))
            {
                yield return new SettingError(nameof(Urls), $"'{url}' is not an address to listen on.", "Write http(s)://IP:PORT; localhost and * work too.");
            }
            else if (!address.IsTls && !address.IsLoopback && !AllowInsecureHttp)
            {
                yield return new SettingError(nameof(Urls), $"'{url}' is plain http beyond this machine: tokens would cross the network readable.",
                    "Use https with tls.certificate and tls.key, or set allow_insecure_http when something in front does TLS.");
            }
        }

        if (PublicUrl is not null && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return new SettingError(nameof(PublicUrl), $"'{PublicUrl}' is not an http or https address.", "Write https://wheelhouse.example.org, for example.");
        }

        foreach (var proxy in TrustedProxies.Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)))
        {
            yield return new SettingError(nameof(TrustedProxies), $"'{proxy}' is no IP address or network.", "Write 10.0.0.5 or 10.0.0.0/8, for example.");
        }
    }
}
