using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Http;

/// <summary>The query of the HTTP inventory.</summary>
public sealed record HttpOptions : HttpSourceOptions
{
    /// <summary>What is asked, with GET.</summary>
    [Shorthand]
    public required string Url { get; init; }

    /// <summary>The JMESPath expression that selects the list of nodes; without it the reply is in Prometheus' form.</summary>
    public string? Nodes { get; init; }

    /// <summary>Where the fields of a node stand; by default under their own names. Needs <see cref="Nodes"/>.</summary>
    public HttpFields? Fields { get; init; }

    /// <summary>More headers, none of them secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A file whose first line is a token, sent as <c>Authorization: Bearer</c> (RFC 6750).</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>User and password; not beside <see cref="BearerTokenFile"/>.</summary>
    public BasicAuthOptions? BasicAuth { get; init; }

    /// <summary>Refuses a URL, headers and expressions that cannot work, and secrets in plain sight.</summary>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var flaw in base.Validate(validationContext).Concat(CheckUrl(Url)).Concat(CheckHeaders())) yield return flaw;
        if (BearerTokenFile is not null && BasicAuth is not null)
            yield return new ValidationResult("bearer_token_file and basic_auth are both given; keep one of them.", ["basic_auth"]);
        if (Nodes is not null && PathExpression.FindProblem(Nodes) is { } problem) yield return new ValidationResult(problem, ["nodes"]);
        if (Fields is null) yield break;
        if (Nodes is null) yield return new ValidationResult("fields is given without nodes; add the expression that selects the list of nodes.", ["fields"]);
        if (Fields is { Name: null, Address: null }) yield return new ValidationResult("fields has neither name nor address; add one.", ["fields"]);
        foreach (var (key, expression) in Fields.All())
        {
            if (PathExpression.FindProblem(expression) is { } flaw) yield return new ValidationResult($"{key}: {flaw}", ["fields"]);
        }
    }

    private IEnumerable<ValidationResult> CheckHeaders()
    {
        foreach (var (name, value) in Headers)
        {
            if (name.ToUpperInvariant() is "AUTHORIZATION" or "PROXY-AUTHORIZATION" or "COOKIE")
                yield return new ValidationResult(
                    $"The header {name} would show a secret to everybody who sees the document; use bearer_token_file or basic_auth.", ["headers"]);
            else if (!IsHeader(name, value))
                yield return new ValidationResult($"'{name}' with this value is not a header of a GET request; correct or remove it.", ["headers"]);
        }
    }

    private static bool IsHeader(string name, string value)
    {
        using var request = new HttpRequestMessage();
        try
        {
            request.Headers.Add(name, value);
            return value.All(char.IsAscii);
        }
        catch (Exception flaw) when (flaw is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
