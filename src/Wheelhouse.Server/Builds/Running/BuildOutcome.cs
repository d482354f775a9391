namespace Wheelhouse.Server.Builds.Running;

/// <summary>How a build ended.</summary>
/// <param name="Failure">Why it failed; null when it is good.</param>
/// <param name="Files">What it built; may be there although the tests failed.</param>
/// <param name="Tests">What the tests said; null when none ran, or when they do not tell in a form that is known.</param>
internal sealed record BuildOutcome(BuildFailure? Failure, IReadOnlyList<BuiltFile> Files, TestReport? Tests);

/// <summary>Why a build failed.</summary>
/// <param name="Code">For programs, as <c>tests_failed</c>, <c>build_timeout</c>, <c>no_build_system</c>.</param>
/// <param name="Message">For people: what is wrong.</param>
/// <param name="Fix">What to do about it; null when the message says it all.</param>
internal sealed record BuildFailure(string Code, string Message, string? Fix = null);

/// <summary>A file that was built, in <see cref="BuildJob.Output"/>: a plain file whose name and metadata were read and belong to the project.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Version">The version that its metadata say (PEP 440, normalised).</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lower-case hex.</param>
internal sealed record BuiltFile(string Name, string Version, long Size, string Sha256);

/// <summary>What the tests said.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed, or could not be run.</param>
/// <param name="Skipped">How many were skipped.</param>
/// <param name="Seconds">How long they took together.</param>
/// <param name="Failures">Those that failed, with what they printed; at most 100.</param>
/// <param name="Slowest">The ten that took longest, the slowest first.</param>
internal sealed record TestReport(int Passed, int Failed, int Skipped, double Seconds, IReadOnlyList<TestFailure> Failures, IReadOnlyList<TestTime> Slowest);

/// <summary>A test that failed.</summary>
/// <param name="Name">The test, as <c>tests.test_wsgi.test_health</c>.</param>
/// <param name="Message">Why, in a line.</param>
/// <param name="Output">The traceback and what it printed; at most 16,000 characters.</param>
internal sealed record TestFailure(string Name, string Message, string Output);

/// <summary>How long a test took.</summary>
/// <param name="Name">The test.</param>
/// <param name="Seconds">How long.</param>
internal sealed record TestTime(string Name, double Seconds);
