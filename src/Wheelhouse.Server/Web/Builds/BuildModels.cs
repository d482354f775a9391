using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Secrets;

namespace Wheelhouse.Server.Web.Builds;

/// <summary>A page of builds.</summary>
/// <param name="Builds">The builds, the newest first.</param>
/// <param name="HasOlder">Whether there are more.</param>
/// <param name="Projects">The names of the projects that are built.</param>
public sealed record BuildsModel(IReadOnlyList<BuildView> Builds, bool HasOlder, IReadOnlyList<string> Projects);

/// <summary>One build.</summary>
/// <param name="Build">It, without what would make the page heavy.</param>
/// <param name="Places">Where its release may run.</param>
/// <param name="MayAct">Whether the person may cancel it and ask for another.</param>
public sealed record BuildModel(BuildView Build, IReadOnlyList<BuildPlace> Places, bool MayAct)
{
    /// <summary>How many commits are shown.</summary>
    public const int MostCommits = 100;

    /// <summary>How many commits more there are.</summary>
    public int MoreCommits { get; init; }

    /// <summary>The model of a build. What tests printed is read when somebody wants to see it.</summary>
    public static BuildModel Of(BuildView build, IReadOnlyList<BuildPlace> places, bool mayAct) => new(
        build with
        {
            Tests = build.Tests is { } tests ? tests with { Failures = [.. tests.Failures.Select(failure => failure with { Output = "" })] } : null,
            Commits = [.. build.Commits.Take(MostCommits)],
        },
        places,
        mayAct)
    {
        MoreCommits = Math.Max(0, build.Commits.Count - MostCommits),
    };
}

/// <summary>The projects that are built, and the secrets that their documents may name; those only for admins.</summary>
public sealed record BuildProjectsModel(IReadOnlyList<BuildProjectView> Projects, IReadOnlyList<SecretView> Secrets, bool MayAdminister);

/// <summary>One project that is built.</summary>
/// <param name="Project">It.</param>
/// <param name="Page">Its page at the git host; null when none is known.</param>
/// <param name="Builds">Its newest builds.</param>
/// <param name="MayBuild">Whether the person may ask for builds.</param>
/// <param name="MayAdminister">Whether the person may change the document.</param>
public sealed record BuildProjectModel(BuildProjectView Project, string? Page, IReadOnlyList<BuildView> Builds, bool MayBuild, bool MayAdminister);
