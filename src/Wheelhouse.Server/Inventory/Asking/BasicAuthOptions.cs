using System.ComponentModel.DataAnnotations;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>Credentials of HTTP's Basic scheme (RFC 7617).</summary>
public sealed record BasicAuthOptions : IValidatableObject
{
    /// <summary>The user's name, without a colon.</summary>
    public required string Username { get; init; }

    /// <summary>The file whose first line is the password.</summary>
    public required string PasswordFile { get; init; }

    /// <summary>Refuses a name that the scheme cannot carry.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Username.Contains(':')) yield return new ValidationResult("The username contains a colon, which Basic authentication cannot carry; remove it.", ["username"]);
    }
}
