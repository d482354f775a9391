using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Writes how builds end: each exactly once, with its last event.</summary>
internal static class BuildEndings
{
    /// <summary>Ends a build within a change.</summary>
    /// <param name="log">Records the event.</param>
    /// <param name="context">The context of the change.</param>
    /// <param name="row">The build, tracked or to be updated by the caller.</param>
    /// <param name="state">One of <see cref="BuildStates"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="failure">Why, when it did not succeed.</param>
    public static void End(this EventLog log, WheelhouseContext context, BuildRow row, string state, DateTimeOffset now, BuildFailure? failure = null)
    {
        (row.State, row.EndedAt) = (state, now);
        (row.Code, row.Error, row.Fix) = (failure?.Code, failure?.Message, failure?.Fix);
        var seconds = row.StartedAt is { } started ? Math.Round((now - started).TotalSeconds, 3) : (double?)null;
        log.Record(context, row.Event(EventTypes.BuildEnded, Message(row, failure), new
        {
            row.Project,
            row.State,
            row.Version,
            row.Ref,
            row.Commit,
            row.By,
            row.Trigger,
            row.Code,
            row.Error,
            row.Fix,
            seconds,
        }));
    }

    private static string Message(BuildRow row, BuildFailure? failure) => row.State switch
    {
        BuildStates.Succeeded when row.Trigger == BuildTriggers.WorkingTree => $"{row.Project} {row.Version} is built and tested, and not published",
        BuildStates.Succeeded => $"{row.Project} {row.Version} is built and published",
        BuildStates.Failed => $"The build of {row.Project}{At(row)} failed: {failure?.Message}",
        BuildStates.Cancelled => $"The build of {row.Project}{At(row)} was cancelled: {failure?.Message}",
        _ => $"Nothing of {row.Project}{At(row)} is built: {failure?.Message}",
    };

    private static string At(BuildRow row) => row.Ref is { } name ? $" at {RefPatterns.Short(name)}" : "";
}
