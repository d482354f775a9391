using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.HealthChecks.Http;

/// <summary>The options of an HTTP check.</summary>
public sealed record HttpOptions : IValidatableObject
{
    /// <summary>The URL as seen from the node, <c>http</c> or <c>https</c>.</summary>
    [Shorthand]
    public required string Http { get; init; }

    /// <summary>The unix socket to connect to in place of the URL's host; null means none.</summary>
    public string? Socket { get; init; }

    /// <summary>The <c>Host</c> header; null means the URL's host.</summary>
    public string? Host { get; init; }

    /// <summary>The method; default <c>GET</c>.</summary>
    [AllowedValues("GET", "HEAD", "POST", "OPTIONS", ErrorMessage = "The method must be GET, HEAD, POST or OPTIONS.")]
    public string Method { get; init; } = "GET";

    /// <summary>More headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What makes an answer good; default any status 2xx.</summary>
    public HttpExpectation Expect { get; init; } = new();

    /// <summary>How many redirects to follow; default 0, so that a redirect is an answer like any other.</summary>
    [Range(0, 10, ErrorMessage = "This must be a whole number from 0 to 10.")]
    public int Redirects { get; init; }

    /// <summary>Whether an <c>https</c> certificate must be valid; default true.</summary>
    public bool VerifyTls { get; init; } = true;

    /// <summary>Checks the URL and the socket's path.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Http, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            yield return new ValidationResult($"'{Http}' is not a URL; write it like http://127.0.0.1:8000/health.", ["http"]);
        else if (url.UserInfo.Length > 0)
            yield return new ValidationResult("The URL must not contain a password; use an endpoint that needs none.", ["http"]);
        if (Socket is not null && !Socket.StartsWith('/') && !Socket.StartsWith("{root}/", StringComparison.Ordinal))
            yield return new ValidationResult($"'{Socket}' is not an absolute path; write it like /run/billing/web.sock or {{root}}/web.sock.", ["socket"]);
        if (Method is "HEAD" && (Expect.Contains ?? Expect.Json?.Path) is not null)
            yield return new ValidationResult("The answer to HEAD has no body to look into; use GET.", ["method"]);
    }
}

/// <summary>What makes an answer good; all that is given must hold.</summary>
public sealed record HttpExpectation : IValidatableObject
{
    /// <summary>The status codes that are good; by default any 2xx.</summary>
    public IReadOnlyList<int>? Status { get; init; }

    /// <summary>Text that the body must contain; may use <c>{version}</c>.</summary>
    public string? Contains { get; init; }

    /// <summary>A value in a JSON body.</summary>
    public JsonExpectation? Json { get; init; }

    /// <summary>Checks the status codes.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var status in Status ?? [])
        {
            if (status is < 100 or > 599) yield return new ValidationResult($"{status} is not an HTTP status code (100 to 599).", ["status"]);
        }
    }
}

/// <summary>A value in a JSON body. <c>json: version</c> says that its member <c>version</c> is the expected version.</summary>
public sealed record JsonExpectation
{
    /// <summary>The way to the value: names and list positions joined by dots, such as <c>app.version</c> or <c>checks.0.state</c>.</summary>
    [Shorthand]
    public required string Path { get; init; }

    /// <summary>What it must be, as text; default <c>{version}</c>, the version that is being deployed.</summary>
    [JsonPropertyName("equals")]
    public string Value { get; init; } = CheckValues.VersionPlaceholder;
}
