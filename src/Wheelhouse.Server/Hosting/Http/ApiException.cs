using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Ends a request with an <see cref="ApiProblem"/>. Throw it where an endpoint finds that it must refuse.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">One of <see cref="ProblemCodes"/>, or another stable identifier.</param>
/// <param name="message">What is wrong, in a sentence; must not contain a secret.</param>
/// <param name="fix">What to do about it, in a sentence, or null.</param>
public sealed class ApiException(int status, string code, string message, string? fix = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Fix { get; } = fix;

    /// <summary>The id of the active rollout, when that is the reason.</summary>
    public string? Rollout { get; set; }

    /// <summary>Every error of the document or the request, when that is the reason.</summary>
    public IReadOnlyList<DocumentError>? Errors { get; set; }
}
