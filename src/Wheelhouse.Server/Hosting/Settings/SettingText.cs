using System.Globalization;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>Reads the text of a setting as its property's type.</summary>
internal static class SettingText
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The property's type.</param>
    /// <param name="value">The value, when it could be read.</param>
    /// <returns>What the text should look like, or null when it could be read.</returns>
    public static string? TryRead(string text, Type type, out object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        value = text;
        if (type == typeof(string)) return null;
        if (type == typeof(int)) return Number(text, out value);
        if (type == typeof(bool)) return Switch(text, out value);
        if (type == typeof(TimeSpan)) return Duration(text, out value);
        if (type == typeof(string[]))
        {
            value = text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return null;
        }

        throw new NotSupportedException($"A setting cannot be a {type.Name}.");
    }

    private static string? Number(string text, out object? value)
    {
        var good = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
        value = number;
        return good ? null : "a whole number";
    }

    private static string? Switch(string text, out object? value)
    {
        var good = bool.TryParse(text, out var on);
        value = on;
        return good ? null : "true or false";
    }

    private static string? Duration(string text, out object? value)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var good = int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        TimeSpan? unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        value = number * unit;
        return good && unit is not null ? null : "a duration such as 30s, 10m, 12h or 365d";
    }
}
