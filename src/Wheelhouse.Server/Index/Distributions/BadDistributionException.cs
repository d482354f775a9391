namespace Wheelhouse.Server.Index.Distributions;

/// <summary>A file that is not the wheel or sdist its name promises, or not a safe one; see <see cref="DistributionFaults"/>.</summary>
/// <param name="code">What kind of fault, for programs; stable.</param>
/// <param name="message">What is wrong, in a sentence for the person who uploads the file.</param>
/// <param name="fix">What to do about it, in a sentence.</param>
internal sealed class BadDistributionException(string code, string message, string fix) : Exception(message)
{
    public string Code { get; } = code;

    public string Fix { get; } = fix;
}
