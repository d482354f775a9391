using System.IO.Enumeration;
using Wheelhouse.Server.Builds.Versions;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Which branches and tags are built. In patterns <c>*</c> stands for any characters.</summary>
/// <param name="Branches">Patterns of branches; null when none are named, which means <see cref="DefaultBranches"/>.</param>
/// <param name="Tags">Patterns of tags; null when none are named, which means those that are versions, with or without a <c>v</c>.</param>
internal sealed record RefPatterns(IReadOnlyList<string>? Branches, IReadOnlyList<string>? Tags)
{
    public const string BranchPrefix = "refs/heads/";
    public const string TagPrefix = "refs/tags/";

    /// <summary>The branches that are built when none are named.</summary>
    public static IReadOnlyList<string> DefaultBranches { get; } = ["main", "master"];

    /// <summary>What a reference stands for, without its prefix: <c>main</c> of <c>refs/heads/main</c>.</summary>
    public static string Short(string name) =>
        name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..]
        : name.StartsWith(TagPrefix, StringComparison.Ordinal) ? name[TagPrefix.Length..]
        : name;

    /// <summary>The same, where what the repository says fills what the document leaves open.</summary>
    public RefPatterns Or(RefPatterns repository) => new(Branches ?? repository.Branches, Tags ?? repository.Tags);

    /// <summary>Whether a push of a reference may have to be built, once it is known what the repository says: only what this document names leaves something out for sure.</summary>
    public bool MayFit(string name) => name.StartsWith(TagPrefix, StringComparison.Ordinal) ? Tags is null || Fits(name) : Branches is null || Fits(name);

    /// <summary>Whether a push of a reference is built.</summary>
    public bool Fits(string name) => name switch
    {
        _ when name.StartsWith(BranchPrefix, StringComparison.Ordinal) => Matches(Branches ?? DefaultBranches, Short(name)),
        _ when name.StartsWith(TagPrefix, StringComparison.Ordinal) => Tags is null ? TagVersion.Find(Short(name)) is not null : Matches(Tags, Short(name)),
        _ => false,
    };

    /// <summary>For a person: what is built.</summary>
    public override string ToString() =>
        $"the branches {string.Join(", ", Branches ?? DefaultBranches)} and {(Tags is null ? "tags that are versions" : $"the tags {string.Join(", ", Tags)}")}";

    private static bool Matches(IReadOnlyList<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
