namespace Wheelhouse.Contracts.Builds;

/// <summary>The states of a build.</summary>
public static class BuildStates
{
    /// <summary>It waits for its turn.</summary>
    public const string Queued = "queued";

    /// <summary>It is being built, tested or published.</summary>
    public const string Running = "running";

    /// <summary>Its files are on the index.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It failed; <see cref="BuildView.Error"/> says why.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody ended it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It waited, and a newer push of its branch took its place.</summary>
    public const string Superseded = "superseded";

    /// <summary>It was pushed, and the project builds no such branch or tag.</summary>
    public const string Skipped = "skipped";

    /// <summary>Every state.</summary>
    public static IReadOnlyList<string> All { get; } = [Queued, Running, Succeeded, Failed, Cancelled, Superseded, Skipped];

    /// <summary>Whether nothing more happens in a build in this state.</summary>
    public static bool IsEnded(string state) => state is not (Queued or Running);
}

/// <summary>What began a build.</summary>
public static class BuildTriggers
{
    /// <summary>A person or a program asked for it.</summary>
    public const string Request = "request";

    /// <summary>The git host told of a push.</summary>
    public const string Push = "push";

    /// <summary>Asking the git host brought something new.</summary>
    public const string Poll = "poll";

    /// <summary>A person sent a working tree that is not pushed: it is built and tested, and never published.</summary>
    public const string WorkingTree = "working-tree";

    /// <summary>Whether a person or a program asked for the build, and no push did.</summary>
    /// <param name="trigger">One of these.</param>
    public static bool IsAsked(string trigger) => trigger is Request or WorkingTree;
}
