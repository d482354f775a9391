using System.Text.Json.Serialization;

namespace Wheelhouse.Contracts.Errors;

/// <summary>
/// The body of every answer that is not a success: problem details (RFC 9457) with two members of our own.
/// <see cref="Code"/> is stable and meant for programs, <see cref="Fix"/> says what a person can do next.
/// </summary>
public sealed record ApiProblem
{
    /// <summary>A short summary of the kind of problem, the same for every occurrence.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public int Status { get; init; }

    /// <summary>What is wrong in this case, in a sentence. Never contains a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>A stable identifier such as <c>rollout_active</c>; see <see cref="ProblemCodes"/>.</summary>
    public string? Code { get; init; }

    /// <summary>What to do about it, in a sentence, or null when there is nothing to say.</summary>
    public string? Fix { get; init; }

    /// <summary>The id of the active rollout when <see cref="Code"/> is <see cref="ProblemCodes.RolloutActive"/>.</summary>
    public string? Rollout { get; init; }

    /// <summary>Every error of a document or of settings, with its place; null when the problem is not about a document.</summary>
    [JsonPropertyName("errors")]
    public IReadOnlyList<DocumentError>? Errors { get; init; }
}
