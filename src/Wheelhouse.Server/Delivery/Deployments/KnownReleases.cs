namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>A release and the commits that were said of it.</summary>
/// <param name="Version">The release.</param>
/// <param name="Previous">The release since which they are, or null.</param>
/// <param name="Commits">The commits.</param>
internal sealed record KnownRelease(string Version, string? Previous, IReadOnlyList<KnownCommit> Commits);

/// <summary>A commit.</summary>
/// <param name="Sha">Its hash.</param>
/// <param name="At">When it was committed.</param>
internal readonly record struct KnownCommit(string Sha, DateTimeOffset At);

/// <summary>What is known of the releases of one project.</summary>
/// <param name="commits">The releases of which commits are known, by version.</param>
/// <param name="published">When releases were published, by version.</param>
internal sealed class KnownReleases(IReadOnlyDictionary<string, KnownRelease> commits, IReadOnlyDictionary<string, DateTimeOffset> published)
{
    /// <summary>Knows nothing.</summary>
    public static KnownReleases None { get; } = new(new Dictionary<string, KnownRelease>(), new Dictionary<string, DateTimeOffset>());

    /// <summary>When a release was published; null when the log does not tell.</summary>
    public DateTimeOffset? FindPublished(string version) => published.TryGetValue(version, out var at) ? at : null;

    /// <summary>The commits that were said of a release; null when none were.</summary>
    public KnownRelease? Find(string version) => commits.GetValueOrDefault(version);

    /// <summary>A release and those before it, the newest first, until one that is there already. The last ones may have no known commits.</summary>
    /// <param name="version">The release.</param>
    /// <param name="there">What is there already.</param>
    public IEnumerable<string> Back(string version, IReadOnlySet<string> there)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal); // Whoever says what came before a release may say a circle.
        for (var next = version; next is not null && !there.Contains(next) && seen.Add(next); next = Find(next)?.Previous) yield return next;
    }
}
