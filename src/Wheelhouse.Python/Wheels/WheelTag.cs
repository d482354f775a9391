namespace Wheelhouse.Python.Wheels;

/// <summary>What a wheel runs on (PEP 425).</summary>
/// <param name="Interpreter">Such as <c>py3</c> or <c>cp311</c>.</param>
/// <param name="Abi">Such as <c>none</c> or <c>abi3</c>.</param>
/// <param name="Platform">Such as <c>any</c> or <c>manylinux_2_17_x86_64</c>.</param>
public sealed record WheelTag(string Interpreter, string Abi, string Platform)
{
    private static readonly string[] Platforms =
    [
        "linux_", "manylinux", "musllinux_", "macosx_", "win32", "win_", "ios_", "android_", "emscripten_", "pyodide_", "wasi_",
        "freebsd_", "openbsd_", "netbsd_", "dragonfly_", "solaris_", "sunos_", "aix_", "cygwin_", "mingw_", "haiku_", "gnu_",
    ];

    /// <summary>Whether an installer somewhere can know it: an interpreter with its version, and one of the platforms that Python runs on.</summary>
    public bool IsKnown => IsInterpreter(Interpreter) && (Platform is "any" || Platforms.Any(known => Platform.StartsWith(known, StringComparison.Ordinal)));

    /// <summary>The three parts joined by <c>-</c>.</summary>
    public override string ToString() => $"{Interpreter}-{Abi}-{Platform}";

    /// <summary>Reads a tag, or a compressed set such as <c>py2.py3-none-any</c>, into all the tags it stands for.</summary>
    /// <exception cref="PythonFormatException">It is invalid.</exception>
    public static IReadOnlyList<WheelTag> ParseSet(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.ToLowerInvariant().Split('-');
        if (parts.Length != 3)
            throw Bad(text, "it takes three parts joined by '-'");
        var tags =
            from interpreter in Expand(text, parts[0])
            from abi in Expand(text, parts[1])
            from platform in Expand(text, parts[2])
            select new WheelTag(interpreter, abi, platform);
        return [.. tags.Distinct()];
    }

    /// <summary>Such as <c>py3</c>, <c>cp311</c> or <c>graalpy242_311</c>.</summary>
    private static bool IsInterpreter(string text)
    {
        var version = text.TrimStart([.. "abcdefghijklmnopqrstuvwxyz"]);
        return version.Length > 0 && version.Length < text.Length && version.All(c => char.IsAsciiDigit(c) || c == '_');
    }

    private static string[] Expand(string text, string part)
    {
        var values = part.Split('.');
        var bad = Array.Find(values, value => value.Length == 0 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        return bad is null ? values : throw Bad(text, $"{PythonText.Quote(bad)} must be letters, digits and '_'");
    }

    private static PythonFormatException Bad(string text, string why) => new($"{PythonText.Quote(text)} is not a wheel's tag: {why} (PEP 425).");
}
