using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Contracts.Builds;

/// <summary>One build: from a commit to files on the index.</summary>
public sealed record BuildView
{
    /// <summary>A ULID: sorts by the time it was asked for.</summary>
    public required string Id { get; init; }

    /// <summary>The project on the index, by its normalised name.</summary>
    public required string Project { get; init; }

    /// <summary>What was asked for, as <c>refs/heads/main</c>, <c>refs/tags/v1.2.3</c> or a hash; null means the default branch, until that is known.</summary>
    public string? Ref { get; init; }

    /// <summary>The full hash of the commit; null until it is known.</summary>
    public string? Commit { get; init; }

    /// <summary>The first line of the commit's message; null until it is known.</summary>
    public string? Subject { get; init; }

    /// <summary>Who wrote the commit; null until it is known.</summary>
    public string? Author { get; init; }

    /// <summary>The commit's page at the git host, or null.</summary>
    public string? Link { get; init; }

    /// <summary>Who asked for it, or who pushed.</summary>
    public required string By { get; init; }

    /// <summary>One of <see cref="BuildTriggers"/>.</summary>
    public required string Trigger { get; init; }

    /// <summary>One of <see cref="BuildStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>The version that it makes; null until it is known.</summary>
    public string? Version { get; init; }

    /// <summary>Why it failed or was not built, for programs, as <c>tests_failed</c>; null when nothing is wrong.</summary>
    public string? Code { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>Who asked for its end, or null.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>The newer build that took its place, or null.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>How often it was begun: more than once after its server was stopped or killed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began first; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The steps of its last attempt, in order.</summary>
    public IReadOnlyList<BuildStepView> Steps { get; init; } = [];

    /// <summary>What it built; empty until its files are there and good.</summary>
    public IReadOnlyList<BuildFileView> Files { get; init; } = [];

    /// <summary>What the tests said; null when none ran, or when they do not tell. Lists are without the failures.</summary>
    public BuildTestsView? Tests { get; init; }

    /// <summary>The commits since the last release, the newest first; empty in lists, and until they are known.</summary>
    public IReadOnlyList<CommitView> Commits { get; init; } = [];

    /// <summary>The rollouts of its release, the newest first; empty in lists.</summary>
    public IReadOnlyList<BuildRolloutView> Rollouts { get; init; } = [];

    /// <summary>Where its release was not deployed by itself, and why; empty in lists.</summary>
    public IReadOnlyList<BuildRefusalView> Refusals { get; init; } = [];

    /// <summary>Why the git host could not be told of it the last time; null when it was told, when it is not to be, and in lists.</summary>
    public string? StatusError { get; init; }
}

/// <summary>A step of a build.</summary>
/// <param name="Step">Its name: fetch, checkout, requirements, build, test or publish.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
public sealed record BuildStepView(string Step, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>A file that was built.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record BuildFileView(string Name, long Size, string Sha256);

/// <summary>What the tests said.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed, or could not be run.</param>
/// <param name="Skipped">How many were skipped.</param>
/// <param name="Seconds">How long they took together.</param>
/// <param name="Failures">Those that failed; at most 100.</param>
/// <param name="Slowest">The ten that took longest, the slowest first.</param>
public sealed record BuildTestsView(
    int Passed, int Failed, int Skipped, double Seconds, IReadOnlyList<BuildTestFailureView> Failures, IReadOnlyList<BuildTestTimeView> Slowest);

/// <summary>A test that failed.</summary>
/// <param name="Name">The test.</param>
/// <param name="Message">Why, in a line.</param>
/// <param name="Output">The traceback and what it printed.</param>
public sealed record BuildTestFailureView(string Name, string Message, string Output);

/// <summary>How long a test took.</summary>
/// <param name="Name">The test.</param>
/// <param name="Seconds">How long.</param>
public sealed record BuildTestTimeView(string Name, double Seconds);

/// <summary>A rollout of what was built.</summary>
/// <param name="Rollout">Its id.</param>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="State">One of <see cref="Contracts.Rollouts.RolloutStates"/>, or null while it has not ended.</param>
public sealed record BuildRolloutView(string Rollout, string Service, string Environment, string? State);

/// <summary>Says that what was built is not deployed by itself, although the environment asks for that.</summary>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Error">Why.</param>
/// <param name="Fix">What to do about it, or null.</param>
public sealed record BuildRefusalView(string Service, string Environment, string Error, string? Fix);
