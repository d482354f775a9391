using System.Globalization;
using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Access.Passwords;

/// <summary>What computing a hash costs; the defaults are OWASP's for Argon2id (Password Storage Cheat Sheet).</summary>
/// <param name="MemoryKib">Memory in KiB.</param>
/// <param name="Passes">How often the memory is filled.</param>
/// <param name="Lanes">How many parts of it are filled at once.</param>
internal sealed record Argon2Cost(int MemoryKib = 19 * 1024, int Passes = 2, int Lanes = 1);

/// <summary>
/// What is stored of a password, in the PHC string format: <c>$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH</c>. The cost is stored with each, so
/// that it can be raised later.
/// </summary>
/// <param name="Cost">What it took.</param>
/// <param name="Salt">Random bytes, other ones for each password.</param>
/// <param name="Hash">The result.</param>
internal sealed partial record PasswordHash(Argon2Cost Cost, byte[] Salt, byte[] Hash)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not that.</exception>
    public static PasswordHash Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) throw new FormatException("A stored password is not a hash of Argon2id."); // Without the text
        return new PasswordHash(new Argon2Cost(Number("m"), Number("t"), Number("p")), Bytes("salt"), Bytes("hash"));

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        byte[] Bytes(string group)
        {
            var value = match.Groups[group].Value;
            return Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='));
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"$argon2id$v=19$m={Cost.MemoryKib},t={Cost.Passes},p={Cost.Lanes}${Text(Salt)}${Text(Hash)}");

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    [GeneratedRegex(@"^\$argon2id\$v=19\$m=(?<m>\d{1,7}),t=(?<t>\d{1,3}),p=(?<p>\d{1,3})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
