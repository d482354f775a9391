using System.Security.Cryptography;
using System.Text;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>The text of a token: <c>wh_ID_SECRET</c>, or whatever the operator chose for the configured admin token.</summary>
/// <param name="id">The public part.</param>
/// <param name="text">The whole text; a secret.</param>
internal sealed class TokenSecret(string id, string text)
{
    public string Id { get; } = id;

    public string Text { get; } = text;

    public byte[] Hash { get; } = HashOf(text);

    /// <summary>Makes a new one with 256 random bits.</summary>
    public static TokenSecret New()
    {
        var id = NewId();
        return new TokenSecret(id, $"wh_{id}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}");
    }

    /// <summary>Takes a text that the operator chose.</summary>
    public static TokenSecret From(string text) => new(NewId(), text);

    /// <summary>What is stored of a token or a one-time code.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>So that no log shows it by accident.</summary>
    public override string ToString() => $"token {Id}";

    private static string NewId() => RandomNumberGenerator.GetHexString(12, lowercase: true);
}
