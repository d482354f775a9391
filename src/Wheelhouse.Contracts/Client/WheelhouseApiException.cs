using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Contracts.Client;

/// <summary>The server answered with a problem; the message is its <see cref="ApiProblem.Detail"/>.</summary>
/// <param name="problem">What it answered.</param>
public sealed class WheelhouseApiException(ApiProblem problem)
    : Exception(problem.Detail ?? problem.Title ?? $"The server answered with status {problem.Status}.")
{
    /// <summary>What the server answered.</summary>
    public ApiProblem Problem { get; } = problem;
}
