using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Access;

/// <summary>Who may do what without having been given a token by somebody.</summary>
[Settings("")]
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>The shortest admin token that is accepted, in characters.</summary>
    public const int MinAdminTokenLength = 20;

    /// <summary>Changing it replaces the token named <c>admin</c> at the next start. Null, the default, prints a one-time code at the first start.</summary>
    [Secret]
    [Description("An admin token for unattended set-ups, at least 20 printable characters without spaces. Only as an environment variable.")]
    public string? AdminToken { get; set; }

    [Description("A file whose first line is such an admin token.")]
    public string? AdminTokenFile { get; set; }

    [Description("Let everybody who reaches the server read the index without a token.")]
    public bool AnonymousRead { get; set; }

    /// <summary>The configured admin token, or null.</summary>
    internal string? ReadAdminToken() => AdminTokenFile is null ? AdminToken : File.ReadLines(AdminTokenFile).FirstOrDefault()?.Trim();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var property = AdminTokenFile is null ? nameof(AdminToken) : nameof(AdminTokenFile);
        if (AdminToken is not null && AdminTokenFile is not null)
            yield return new SettingError(property, "Both an admin token and a file with one are given.", "Give one of them.");
        string? token = null;
        string? unreadable = null;
        try
        {
            token = ReadAdminToken();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unreadable = exception.Message;
        }

        if (unreadable is not null) yield return new SettingError(property, unreadable, "Name a file that the server may read.");
        else if ((token is not null && !IsGood(token)) || (AdminTokenFile is not null && token is null))
        {
            yield return new SettingError(
                property, $"The admin token has fewer than {MinAdminTokenLength} characters, or other than printable ASCII ones.", "Make one with 'openssl rand -hex 32'.");
        }
    }

    private static bool IsGood(string token) => token.Length >= MinAdminTokenLength && token.All(c => c is > ' ' and <= '~');
}
