using System.Globalization;
using System.Numerics;

namespace Wheelhouse.Python.Wheels;

/// <summary>The build tag of a wheel's file name: of two wheels that are otherwise alike, the higher one wins (PEP 427).</summary>
/// <param name="Number">The number that it begins with.</param>
/// <param name="Suffix">What follows the number; often empty.</param>
public sealed record WheelBuildTag(BigInteger Number, string Suffix)
{
    /// <summary>The number and what follows it.</summary>
    public override string ToString() => $"{Number}{Suffix}";

    internal static WheelBuildTag? Read(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var isValid = digits is > 0 and <= 64 && text.All(c => PythonText.IsNameCharacter(c) && c != '-');
        return isValid ? new(BigInteger.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture), text[digits..]) : null;
    }
}
