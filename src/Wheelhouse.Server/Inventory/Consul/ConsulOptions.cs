using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Consul;

/// <summary>The query of the Consul inventory.</summary>
public sealed record ConsulOptions : HttpSourceOptions
{
    /// <summary>The service whose nodes are wanted.</summary>
    [Shorthand]
    public required string Service { get; init; }

    /// <summary>The agent or server to ask. Default <c>http://127.0.0.1:8500</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8500";

    /// <summary>Tags that an instance of the service must all have; by default none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>An expression of Consul's (<c>filter=</c>) that an instance must meet; its selectors are those of the endpoint that <see cref="Health"/> chooses.</summary>
    public string? Filter { get; init; }

    /// <summary>Asks the health endpoint: for <c>any</c> instance, or those with all checks <c>passing</c>. By default the catalog, which knows no checks.</summary>
    [AllowedValues("any", "passing", ErrorMessage = "health is neither 'any' nor 'passing'; correct or remove it.")]
    public string? Health { get; init; }

    /// <summary>The node (or <c>_agent</c>) to sort by the distance from; by default nodes are sorted by name.</summary>
    public string? Near { get; init; }

    /// <summary>The datacenter; by default the agent's.</summary>
    public string? Datacenter { get; init; }

    /// <summary>The namespace (Consul Enterprise); by default the token's.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Which address ssh is given: <c>service</c>, the service's or where it has none the node's (default); <c>node</c>, the node's; or the name of a tagged
    /// address, such as <c>wan</c>.
    /// </summary>
    public string Address { get; init; } = ServiceAddress;

    /// <summary>A file whose first line is an ACL token; by default none is sent.</summary>
    public string? TokenFile { get; init; }

    internal const string ServiceAddress = "service";
    internal const string NodeAddress = "node";

    /// <summary>Refuses a URL that is none, and what Consul would take for something else.</summary>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var flaw in base.Validate(validationContext).Concat(CheckUrl(Url))) yield return flaw;
        if (Url.AsSpan().ContainsAny('?', '#')) yield return new ValidationResult("The URL has a query; write only scheme, host, port and perhaps a path.", ["url"]);
        if (Service.Length == 0) yield return new ValidationResult("The service is empty; name one.", ["service"]);
        for (var i = 0; i < Tags.Count; i++)
        {
            if (Tags[i].Length == 0 || Tags[i].Any(c => c is '"' or '`' or '\\' || char.IsControl(c)))
                yield return new ValidationResult($"The tag '{Tags[i]}' is empty or has a quote or backslash; correct it.", [$"tags[{i}]"]);
        }
    }
}
