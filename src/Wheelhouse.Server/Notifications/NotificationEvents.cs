using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Notifications;

/// <summary>
/// What channels can tell: the events of the log that concern people, under the log's names, save that the end of a rollout or
/// build is named after its result. Plans are never told.
/// </summary>
public static class NotificationEvents
{
    /// <summary>A rollout began.</summary>
    public const string Started = EventTypes.RolloutStarted;

    /// <summary>A rollout went on a bit. Not in <see cref="All"/>: it comes by itself to notifiers that can replace a message.</summary>
    public const string Progress = "rollout.progress";

    /// <summary>A rollout waits for a person.</summary>
    public const string Paused = EventTypes.RolloutPaused;

    /// <summary>A rollout ended well.</summary>
    public const string Succeeded = "rollout." + RolloutStates.Succeeded;

    /// <summary>A rollout failed.</summary>
    public const string Failed = "rollout." + RolloutStates.Failed;

    /// <summary>A rollout failed, and what it had changed was taken back.</summary>
    public const string Reverted = "rollout." + RolloutStates.Reverted;

    /// <summary>A person cancelled a rollout.</summary>
    public const string Cancelled = "rollout." + RolloutStates.Cancelled;

    /// <summary>A build ended well: its files are on the index.</summary>
    public const string BuildSucceeded = "build." + BuildStates.Succeeded;

    /// <summary>A build failed.</summary>
    public const string BuildFailed = "build." + BuildStates.Failed;

    private static readonly Dictionary<string, Severity> Severities = new(StringComparer.Ordinal)
    {
        [EventTypes.RolloutRequested] = Severity.Info,
        [Started] = Severity.Info,
        [Paused] = Severity.Warning,
        [Succeeded] = Severity.Info,
        [Failed] = Severity.Error,
        [Reverted] = Severity.Error,
        [Cancelled] = Severity.Warning,
        [EventTypes.RolloutNodes] = Severity.Warning,
        [BuildSucceeded] = Severity.Info,
        [BuildFailed] = Severity.Error,
        [EventTypes.HoldPlaced] = Severity.Info,
        [EventTypes.HoldLifted] = Severity.Info,
        [EventTypes.InventoryChanged] = Severity.Info,
        [EventTypes.InventoryFailed] = Severity.Warning,
        [EventTypes.ServiceApplied] = Severity.Info,
        [EventTypes.ServiceDeleted] = Severity.Warning,
        [EventTypes.FilePublished] = Severity.Info,
        [EventTypes.FilesYanked] = Severity.Warning,
        [EventTypes.FilesUnyanked] = Severity.Info,
        [EventTypes.ProjectStatus] = Severity.Warning,
        [EventTypes.FilesDeleted] = Severity.Warning,
    };

    /// <summary>Every event that a channel may ask for.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Severities.Keys];

    /// <summary>What a channel tells unless its document says otherwise: that a rollout began, and how it ended or that it waits.</summary>
    public static IReadOnlyList<string> Quiet { get; } = [Started, Paused, Succeeded, Failed, Reverted, Cancelled];

    /// <summary>How a rollout ended, for receivers that mark what changed.</summary>
    public static IReadOnlyList<string> Ends { get; } = [Succeeded, Failed, Reverted, Cancelled];

    /// <summary>The types of the log's events that may be told.</summary>
    internal static IReadOnlyList<string> Types { get; } =
        [.. All.Except([.. Ends, BuildSucceeded, BuildFailed]), EventTypes.RolloutEnded, EventTypes.BuildEnded];

    /// <summary>The types of the log's events that show how far a rollout is.</summary>
    internal static IReadOnlyList<string> ProgressTypes { get; } = [EventTypes.RolloutResumed, EventTypes.RolloutPhase, EventTypes.RolloutBatch, EventTypes.NodeState];

    /// <summary>How much an event matters.</summary>
    public static Severity SeverityOf(string name) => Severities.GetValueOrDefault(name);

    /// <summary>What an event of the log is called here; null when it is never told.</summary>
    internal static string? NameOf(EventView view)
    {
        if (ProgressTypes.Contains(view.Type)) return Progress;
        if (view.Type == EventTypes.BuildEnded && BuildFacts.Read(view) is null) return null;
        var name = view.Type switch
        {
            EventTypes.RolloutEnded => "rollout." + view.Text("state"),
            EventTypes.BuildEnded => "build." + view.Text("state"),
            _ => view.Type,
        };
        return Severities.ContainsKey(name) ? name : null;
    }
}
