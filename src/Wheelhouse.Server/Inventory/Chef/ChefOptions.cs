using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Chef;

/// <summary>A search of a Chef Infra Server; what is written here wins over <see cref="Config"/>.</summary>
public sealed record ChefOptions : IValidatableObject
{
    /// <summary>The configuration that is read when the document names neither one nor a server.</summary>
    public const string DefaultConfig = "/etc/wheelhouse/chef/credentials";

    /// <summary>The search, in Chef's query language: <c>role:billing AND chef_environment:prod</c>.</summary>
    [Shorthand, MaxLength(4000, ErrorMessage = "The query is longer than 4000 characters; shorten it.")]
    public required string Query { get; init; }

    /// <summary>
    /// Chef's own configuration on the server: a <c>knife.rb</c> or <c>client.rb</c> (a name that ends in <c>.rb</c>), or a <c>credentials</c> file.
    /// Default <see cref="DefaultConfig"/>, unless the document names the server itself.
    /// </summary>
    public string? Config { get; init; }

    /// <summary>The profile in a credentials file; default <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>The URL of the organisation: <c>https://chef.example/organizations/acme</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The client or user who asks.</summary>
    public string? ClientName { get; init; }

    /// <summary>Its RSA private key, in PEM, without a passphrase: an absolute path on the server.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>The certificates, in PEM, of the authorities that the server's certificate may come from; default those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>The version of Chef's protocol of signed requests; default the configuration's, else <c>1.3</c>.</summary>
    [AllowedValues("1.0", "1.1", "1.3", ErrorMessage = "The protocol of signed requests must be 1.0, 1.1 or 1.3.")]
    public string? Sign { get; init; }

    /// <summary>The attribute that is the node's address, such as <c>ipaddress</c> or <c>cloud.public_ipv4</c>; default <c>fqdn</c>, as for <c>knife ssh</c>.</summary>
    [RegularExpression(Attributes, ErrorMessage = PathError)]
    public string Address { get; init; } = "fqdn";

    /// <summary>The attribute that is its name in Wheelhouse; default <c>name</c>, the node's name in Chef.</summary>
    [RegularExpression(Attributes, ErrorMessage = PathError)]
    public string Name { get; init; } = "name";

    /// <summary>
    /// The labels, each with the attribute that it is. By default a node's <c>chef_environment</c>, <c>policy_group</c> and <c>policy_name</c>, as far as it has them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["chef_environment"] = "chef_environment",
        ["policy_group"] = "policy_group",
        ["policy_name"] = "policy_name",
    };

    private const string Attributes = @"[^.\s]+(\.[^.\s]+)*";
    private const string PathError = "This must be an attribute's path: names joined by dots, such as cloud.public_ipv4.";

    /// <summary>Checks what belongs together.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Query)) yield return new ValidationResult("The query is empty; all nodes are '*:*'.", ["query"]);
        if (Url is not null && FindUrlProblem(Url) is { } problem) yield return new ValidationResult(problem, ["url"]);
        if (Config is null && (Url ?? ClientName ?? ClientKeyFile) is not null)
        {
            foreach (var (key, value) in new[] { ("url", Url), ("client_name", ClientName), ("client_key_file", ClientKeyFile) })
            {
                if (value is null) yield return new ValidationResult($"Without 'config', url, client_name and client_key_file are all needed: add '{key}: …'.", [key]);
            }
        }

        if (Profile is not null && (Config?.EndsWith(".rb", StringComparison.Ordinal) ?? Url is not null))
            yield return new ValidationResult("Only a credentials file has profiles; name one in 'config', or remove this.", ["profile"]);
        foreach (var (label, path) in Labels)
        {
            if (path.Split('.').Any(string.IsNullOrWhiteSpace)) yield return new ValidationResult($"The label '{label}': {PathError}", ["labels"]);
        }
    }

    /// <summary>What is wrong with the URL of an organisation, or null.</summary>
    internal static string? FindUrlProblem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return $"'{text}' is not a URL; write it like https://chef.example/organizations/acme.";
        if (url.UserInfo.Length > 0) return "The URL must not contain a password; Chef knows its clients by their keys.";
        return url.Query.Length + url.Fragment.Length > 0 ? $"The URL '{text}' has more than a path; write it like https://chef.example/organizations/acme." : null;
    }
}
