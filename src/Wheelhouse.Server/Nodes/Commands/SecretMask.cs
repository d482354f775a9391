using System.Text.Json;

namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>Hides the passwords of a command's arguments in what comes back from a node, should a program there print them.</summary>
internal sealed class SecretMask
{
    private readonly IReadOnlyList<string> _secrets;

    private SecretMask(IReadOnlyList<string> secrets) => _secrets = secrets;

    /// <summary>Finds every member named <c>password</c>; text that is not JSON has none.</summary>
    public static SecretMask Of(string argsJson)
    {
        List<string> found = [];
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(argsJson));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("password") || !reader.Read()) continue;
                if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } secret) found.Add(secret);
            }
        }
        catch (JsonException)
        {
            found.Clear();
        }

        return new SecretMask(found);
    }

    /// <summary>The text with every secret replaced by <c>***</c>.</summary>
    public string Hide(string text) => _secrets.Aggregate(text, (current, secret) => current.Replace(secret, "***", StringComparison.Ordinal));
}
