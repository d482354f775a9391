namespace Wheelhouse.Contracts.Events;

/// <summary>The types of event.</summary>
public static class EventTypes
{
    /// <summary>A rollout was asked for. Data: kind, version, from, by, reason, overrideHold.</summary>
    public const string RolloutRequested = "rollout.requested";

    /// <summary>A rollout began. Data: epoch.</summary>
    public const string RolloutStarted = "rollout.started";

    /// <summary>A rollout went on after its server was stopped or killed. Data: epoch.</summary>
    public const string RolloutResumed = "rollout.resumed";

    /// <summary>A rollout entered a phase. Data: phase.</summary>
    public const string RolloutPhase = "rollout.phase";

    /// <summary>The nodes are others than at the last rollout, or the inventory cannot be relied on. Data: new and gone, or nodes and problem.</summary>
    public const string RolloutNodes = "rollout.nodes";

    /// <summary>A batch begins. Data: batch, nodes.</summary>
    public const string RolloutBatch = "rollout.batch";

    /// <summary>Somebody asked for cancellation. Data: by.</summary>
    public const string RolloutCancelRequested = "rollout.cancel_requested";

    /// <summary>A rollout waits for a person after a failure.</summary>
    public const string RolloutPaused = "rollout.paused";

    /// <summary>A rollout ended: the last event of its stream. Data: state, version, from, by, seconds, error, fix.</summary>
    public const string RolloutEnded = "rollout.ended";

    /// <summary>A step on a node is about to start. Data: step, attempt, epoch.</summary>
    public const string StepStarted = "step.started";

    /// <summary>A step on a node ended. Data: step, attempt, outcome (<c>ok</c> or an error code), seconds, evidence.</summary>
    public const string StepEnded = "step.ended";

    /// <summary>A node's state in the rollout changed. Data: state, version, error, fix, evidence.</summary>
    public const string NodeState = "node.state";

    /// <summary>Lines that a command on a node printed. Data: lines.</summary>
    public const string NodeLog = "node.log";

    /// <summary>A document of a service was applied. Data: revision, by.</summary>
    public const string ServiceApplied = "service.applied";

    /// <summary>A service was deleted. Data: by.</summary>
    public const string ServiceDeleted = "service.deleted";

    /// <summary>The inventory of an environment names other nodes than before, or answers again. Data: new, gone.</summary>
    public const string InventoryChanged = "inventory.changed";

    /// <summary>The inventory of an environment does not answer, or not as it should. Data: message, fix.</summary>
    public const string InventoryFailed = "inventory.failed";

    /// <summary>A hold was placed: one event for each service that it concerns. Data: by, reason, until.</summary>
    public const string HoldPlaced = "hold.placed";

    /// <summary>A hold was lifted: one event for each service that it concerned. Data: by, reason.</summary>
    public const string HoldLifted = "hold.lifted";

    /// <summary>A file joined the index. Data: project, version, file, by.</summary>
    public const string FilePublished = "index.published";

    /// <summary>Files were yanked. Data: project, version, file (null when not only one is meant), reason, by.</summary>
    public const string FilesYanked = "index.yanked";

    /// <summary>The yanking of files was taken back. Data: as for <see cref="FilesYanked"/>.</summary>
    public const string FilesUnyanked = "index.unyanked";

    /// <summary>A project has another status. Data: project, reason, by.</summary>
    public const string ProjectStatus = "index.status";

    /// <summary>Files were deleted. Data: project, version, files, reason, by.</summary>
    public const string FilesDeleted = "index.deleted";

    /// <summary>Whether an event tells of a change of the index.</summary>
    public static bool IsOfIndex(string type) => type.StartsWith("index.", StringComparison.Ordinal);
}
