namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>A program on the server is not there, cannot be started, or did not do its work. Never contains a secret.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="fix">What to do about it, or null.</param>
public sealed class ProgramException(string message, string? fix) : Exception(message)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; } = fix;
}
