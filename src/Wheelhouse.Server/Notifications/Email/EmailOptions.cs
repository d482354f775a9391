using System.ComponentModel.DataAnnotations;
using MimeKit;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>A mail server and who gets mail by it; see <see cref="EmailNotifier"/>.</summary>
public sealed record EmailOptions : IValidatableObject
{
    /// <summary>TLS begins after a greeting in plain text (RFC 3207); a server that does not offer it is refused.</summary>
    public const string StartTls = "starttls";

    /// <summary>TLS from the first byte on (RFC 8314).</summary>
    public const string Implicit = "implicit";

    /// <summary>No TLS.</summary>
    public const string None = "none";

    /// <summary>The name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; by default 587 with STARTTLS, 465 with implicit TLS, 25 without TLS.</summary>
    [Range(1, 65535, ErrorMessage = "A port is from 1 to 65535.")]
    public int? Port { get; init; }

    /// <summary><see cref="StartTls"/>, <see cref="Implicit"/> or <see cref="None"/>.</summary>
    [AllowedValues(StartTls, Implicit, None, ErrorMessage = "This must be starttls, implicit or none.")]
    public string Tls { get; init; } = StartTls;

    /// <summary>A PEM file on the server's machine with the certificates to trust in place of the system's; by default the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Who signs in; by default nobody does.</summary>
    public string? Username { get; init; }

    /// <summary>The password of <see cref="Username"/>.</summary>
    public SecretName? Password { get; init; }

    /// <summary>The sender, such as <c>Wheelhouse &lt;deploys@example.com&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>Who gets the mail.</summary>
    public required IReadOnlyList<string> To { get; init; }

    internal int ActualPort => Port ?? Tls switch { Implicit => 465, None => 25, _ => 587 };

    /// <summary>Refuses what is no address, half a sign-in, and a password that the network could read.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return new ValidationResult("This is not the name or address of a machine; write the port under port.", ["host"]);
        if (!IsAddress(From)) yield return new ValidationResult("This is not an address such as deploys@example.com.", ["from"]);
        if (To.Count == 0) yield return new ValidationResult("There is nobody to write to; add an address.", ["to"]);
        for (var i = 0; i < To.Count; i++)
        {
            if (!IsAddress(To[i])) yield return new ValidationResult("This is not an address such as team@example.com.", [$"to[{i}]"]);
        }

        if (Username is null != Password is null)
            yield return new ValidationResult("username and password belong together; add the other one.", [Username is null ? "password" : "username"]);
        if (Tls != None) yield break;
        if (Password is not null) yield return new ValidationResult("Without TLS everybody on the way could read the password; use starttls or implicit.", ["tls"]);
        if (CaFile is not null) yield return new ValidationResult("Without TLS there is nothing to trust; remove ca_file.", ["ca_file"]);
    }

    private static bool IsAddress(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal) && !text.Any(char.IsControl);
}
