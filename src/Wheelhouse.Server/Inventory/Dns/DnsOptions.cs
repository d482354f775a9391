using System.ComponentModel.DataAnnotations;
using System.Net;
using DnsClient;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Dns;

/// <summary>The query of the DNS inventory.</summary>
public sealed record DnsOptions : IValidatableObject
{
    private const int DefaultPort = 53;

    /// <summary>The names to look up, complete ones: no search domain is added. A node that several of them name is found once.</summary>
    [Shorthand]
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What is looked up: <c>SRV</c> (default), <c>A</c> or <c>AAAA</c>.</summary>
    [AllowedValues("SRV", "A", "AAAA", ErrorMessage = "This must be SRV, A or AAAA.")]
    public string Type { get; init; } = "SRV";

    /// <summary>The server that is asked: <c>address</c>, <c>address:port</c> or <c>[address]:port</c>; by default those of the system.</summary>
    public string? Server { get; init; }

    /// <summary>Whether the port in SRV records is sshd's. Default no: it is the service's, and becomes the label <c>port</c>.</summary>
    public bool UsePort { get; init; }

    /// <summary>Refuses what cannot be a name or a server.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Names.Count == 0) yield return new ValidationResult("The list of names is empty; name at least one.", ["names"]);
        for (var i = 0; i < Names.Count; i++)
        {
            if (!IsName(Names[i])) yield return new ValidationResult($"'{Names[i]}' is not a name in DNS; correct it.", [$"names[{i}]"]);
        }

        if (Server is not null && FindServer() is null)
            yield return new ValidationResult($"'{Server}' is not the address of a server; write address, address:port or [address]:port.", ["server"]);
        if (UsePort && Type != "SRV") yield return new ValidationResult($"use_port is given, but {Type} records have no port; remove it.", ["use_port"]);
    }

    /// <summary>Where <see cref="Server"/> is; null when it is not given or not an address.</summary>
    internal IPEndPoint? FindServer() => IPEndPoint.TryParse(Server ?? "", out var server)
        ? new IPEndPoint(server.Address, server.Port == 0 ? DefaultPort : server.Port)
        : null;

    private static bool IsName(string name)
    {
        try
        {
            return DnsString.Parse(name).Value.Length > 1 && !name.Contains("..", StringComparison.Ordinal) && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        }
        catch (ArgumentException)
        {
            return false; // A label longer than 63 bytes, or more than 255 in all.
        }
    }
}
