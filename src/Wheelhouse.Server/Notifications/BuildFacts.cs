using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Server.Notifications;

/// <summary>What there is to tell of a build that ended.</summary>
public sealed record BuildFacts
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The project's normalised name.</summary>
    public required string Project { get; init; }

    /// <summary>The version; null when it failed before that was known.</summary>
    public string? Version { get; init; }

    /// <summary>The full reference that was built, such as <c>refs/heads/main</c>, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>The full hash of the commit, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Who pushed or asked.</summary>
    public required string By { get; init; }

    /// <summary>From its beginning to its end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>Reads them from a build's last event; null when it is none, and of a working tree, which concerns nobody but its owner.</summary>
    internal static BuildFacts? Read(EventView view) =>
        view is { Type: EventTypes.BuildEnded, Build: { } id } && view.Text("project") is { } project && view.Text("by") is { } by && view.Text("trigger") != BuildTriggers.WorkingTree
            ? new BuildFacts
            {
                Id = id,
                Project = project,
                Version = view.Text("version"),
                Ref = view.Text("ref"),
                Commit = view.Text("commit"),
                By = by,
                Duration = TimeSpan.FromSeconds(view.Number("seconds") ?? 0),
                Error = view.Text("error"),
                Fix = view.Text("fix"),
            }
            : null;
}
