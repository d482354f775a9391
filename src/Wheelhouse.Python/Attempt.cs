using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Python;

/// <summary>Turns a Parse method into a TryParse one.</summary>
internal static class Attempt
{
    public static bool To<T>(Func<string, T> parse, [NotNullWhen(true)] string? text, [NotNullWhen(true)] out T? value) where T : class
    {
        try
        {
            value = text is null ? null : parse(text);
        }
        catch (PythonFormatException)
        {
            value = null;
        }

        return value is not null;
    }
}
