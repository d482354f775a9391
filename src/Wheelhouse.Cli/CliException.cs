namespace Wheelhouse.Cli;

/// <summary>An expected failure, told to the person as a message and a fix.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">What is wrong, in a sentence. Never contains a secret.</param>
/// <param name="fix">What to do about it, or null.</param>
internal sealed class CliException(int exitCode, string message, string? fix = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string? Fix { get; } = fix;
}
