namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>What the node protocol's <c>facts</c> answers.</summary>
internal sealed record NodeFacts(
    PythonFacts? Python, IReadOnlyList<string> Pythons, FingerprintFacts? Fingerprint, ReleaseFacts? Current, IReadOnlyList<ReleaseFacts> Releases, long? Epoch);

/// <summary>The interpreter found for the version asked for.</summary>
internal sealed record PythonFacts(string Path, string Version);

/// <summary>The name of the kind of Python.</summary>
internal sealed record FingerprintFacts(string Id);

/// <summary>A release on the node's disk.</summary>
internal sealed record ReleaseFacts(string Release, string? Version);
