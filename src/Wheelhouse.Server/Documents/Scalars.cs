using System.Globalization;

namespace Wheelhouse.Server.Documents;

/// <summary>Reads single values; each method reports what is wrong and then answers null.</summary>
public static class Scalars
{
    /// <summary>Text that is not empty. A reference to a secret is refused, since it would be taken literally.</summary>
    public static string? Text(DocumentNode node, string field, DocumentErrors errors)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            errors.Add(node, field, $"This must be text, but it is {node.Kind}.");
            return null;
        }

        if (scalar.Text.Length == 0) errors.Add(node, field, "This must not be empty.");
        else if (scalar.Text.StartsWith("secret:", StringComparison.Ordinal))
            errors.Add(node, field, "A secret cannot be named here: it would be taken literally.", "Name it where a channel's reference says so; keep a service's own secrets on its nodes.");
        else return scalar.Text;
        return null;
    }

    /// <summary>The name of a secret, written <c>secret:NAME</c>. Anything else is refused without being repeated: it may be the secret itself.</summary>
    public static SecretName? Secret(DocumentNode node, string field, DocumentErrors errors)
    {
        var text = node is ScalarNode scalar ? scalar.Text : "";
        if (text.StartsWith(SecretName.Prefix, StringComparison.Ordinal) && NameRule.Check(text[SecretName.Prefix.Length..]) is null)
            return new SecretName(text[SecretName.Prefix.Length..]);
        errors.Add(node, field, "This must be the name of a secret, since everybody who sees the document would read it here.", "Keep it with 'wheelhouse secrets set NAME' and write secret:NAME.");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public static int? Integer(DocumentNode node, string field, DocumentErrors errors, int min = 0, int max = int.MaxValue)
    {
        if (node is ScalarNode scalar && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max) return value;
        errors.Add(node, field, max == int.MaxValue ? $"This must be a whole number from {min}." : $"This must be a whole number from {min} to {max}.");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool? Flag(DocumentNode node, string field, DocumentErrors errors)
    {
        if (node is ScalarNode { Quoted: false, Text: "true" or "false" } scalar) return scalar.Text is "true";
        errors.Add(node, field, "This must be true or false.");
        return null;
    }

    /// <summary>A duration; see <see cref="Duration"/>.</summary>
    public static TimeSpan? Time(DocumentNode node, string field, DocumentErrors errors)
    {
        var text = node is ScalarNode scalar ? scalar.Text : "";
        if (Duration.TryParse(text, out var time)) return time;
        errors.Add(node, field, $"This must be a duration of at most {(int)Duration.Longest.TotalDays} days.",
            text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit) ? $"Write the unit: {text}s." : "Write it like 500ms, 30s, 5m or 1h30m.");
        return null;
    }
}
