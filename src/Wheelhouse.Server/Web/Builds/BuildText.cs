using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Projects;

namespace Wheelhouse.Server.Web.Builds;

/// <summary>Builds as people speak of them. Pure.</summary>
internal static class BuildText
{
    /// <summary>What is built: project and version, or the project alone until the version is known.</summary>
    public static string Title(BuildView build) => build.Version is { } version ? $"{build.Project} {version}" : $"Build of {build.Project}";

    /// <summary>The branch or tag; null when a commit was asked for, or when it is not known yet.</summary>
    public static string? Ref(BuildView build) => build.Ref is not { } name || name == build.Commit ? null : RefPatterns.Short(name);

    /// <summary>Whether it builds a tag.</summary>
    public static bool IsTag(BuildView build) => build.Ref?.StartsWith(RefPatterns.TagPrefix, StringComparison.Ordinal) == true;

    /// <summary>Whether its release is on the index: what was sent from a working tree is only tried.</summary>
    public static bool IsPublished(BuildView build) => build.State == BuildStates.Succeeded && build.Trigger != BuildTriggers.WorkingTree;

    /// <summary>Who or what began it.</summary>
    public static string Began(BuildView build) => build.Trigger switch
    {
        BuildTriggers.Push => $"pushed by {build.By}",
        BuildTriggers.WorkingTree => $"the working tree of {build.By}",
        BuildTriggers.Poll => "found by asking the git host",
        _ => $"asked for by {build.By}",
    };

    /// <summary>What to ask for to build the same again: the tag, by which the version is known, or else the very commit.</summary>
    public static string? Again(BuildView build) => IsTag(build) ? build.Ref : build.Commit ?? build.Ref;

    /// <summary>How long it waited for its turn; null while it waits.</summary>
    public static TimeSpan? Waited(BuildView build) => build.StartedAt - build.CreatedAt;

    /// <summary>What a step does; a step of a later version keeps its name.</summary>
    public static string Step(string step) => step switch
    {
        "fetch" => "Fetch",
        "checkout" => "Check out",
        "requirements" => "Requirements",
        "build" => "Build",
        "test" => "Test",
        "publish" => "Publish",
        _ => step,
    };
}
