namespace Wheelhouse.Contracts.Events;

/// <summary>The types of event.</summary>
public static class EventTypes
{
    /// <summary>A rollout was asked for. Data: kind, version, from, by, reason, overrideHold, planOnly.</summary>
    public const string RolloutRequested = "rollout.requested";

    /// <summary>A rollout began. Data: epoch, kind, version, from, by, reason, planOnly.</summary>
    public const string RolloutStarted = "rollout.started";

    /// <summary>A rollout went on after its server was stopped or killed. Data: as for <see cref="RolloutStarted"/>.</summary>
    public const string RolloutResumed = "rollout.resumed";

    /// <summary>A rollout entered a phase. Data: phase.</summary>
    public const string RolloutPhase = "rollout.phase";

    /// <summary>The nodes are others than at the last rollout, or the inventory cannot be relied on. Data: new and gone, or nodes and problem.</summary>
    public const string RolloutNodes = "rollout.nodes";

    /// <summary>A batch begins. Data: batch, nodes.</summary>
    public const string RolloutBatch = "rollout.batch";

    /// <summary>Somebody asked for cancellation. Data: by.</summary>
    public const string RolloutCancelRequested = "rollout.cancel_requested";

    /// <summary>A rollout waits for a person after a failure. Data: error.</summary>
    public const string RolloutPaused = "rollout.paused";

    /// <summary>
    /// A rollout ended: the last event of its stream. Data: state, kind, version, from, by, reason, planOnly, changedNodes (whether users may have noticed
    /// it), changedAt (when the first node was touched, null when none was), seconds since it began, error, fix.
    /// </summary>
    public const string RolloutEnded = "rollout.ended";

    /// <summary>A release that joined the index is not deployed by itself, since a hold or something else refuses it. Data: version, by, code, error, fix.</summary>
    public const string RolloutRefused = "rollout.refused";

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

    /// <summary>
    /// Somebody said which commits a release contains; the last such event of a release counts. Data: project, version, previous, commit, by,
    /// commits (each with sha, at, author, subject, link).
    /// </summary>
    public const string ReleaseCommits = "release.commits";

    /// <summary>A build was asked for. Data: project, ref, commit, by, trigger.</summary>
    public const string BuildRequested = "build.requested";

    /// <summary>A build began, or was begun again after its server was stopped or killed. Data: epoch, project, ref, commit, by, trigger.</summary>
    public const string BuildStarted = "build.started";

    /// <summary>A build knows what it builds. Data: ref, commit, subject, author, version (null when the project's metadata will say it).</summary>
    public const string BuildSource = "build.source";

    /// <summary>A step of a build begins. Data: step.</summary>
    public const string BuildStep = "build.step";

    /// <summary>Lines that a build printed. Data: lines.</summary>
    public const string BuildLog = "build.log";

    /// <summary>The tests of a build ended. Data: passed, failed, skipped, seconds.</summary>
    public const string BuildTests = "build.tests";

    /// <summary>Somebody asked for the end of a build. Data: by.</summary>
    public const string BuildCancelRequested = "build.cancel_requested";

    /// <summary>A build ended: the last event of its stream. Data: project, state, version, ref, commit, by, trigger, code, error, fix, seconds since it began.</summary>
    public const string BuildEnded = "build.ended";

    /// <summary>Whether an event tells of a change of the index.</summary>
    public static bool IsOfIndex(string type) => type.StartsWith("index.", StringComparison.Ordinal);
}
