using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Server.Builds;

/// <summary>Ends a build as failed, with what a person should know.</summary>
/// <param name="code">For programs, as <c>unknown_ref</c>.</param>
/// <param name="message">What is wrong, in a sentence; must not contain a secret.</param>
/// <param name="fix">What to do about it, or null.</param>
internal sealed class BuildFault(string code, string message, string? fix = null) : Exception(message)
{
    /// <summary>The same as a value.</summary>
    public BuildFailure Failure { get; } = new(code, message, fix);
}
