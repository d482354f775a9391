using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>Whose log it is.</summary>
/// <param name="Path">The address of its page, which names nothing else.</param>
/// <param name="Part">What its lines are parts of, as addresses call it.</param>
/// <param name="Filter">The events that are its lines.</param>
public sealed record LogSource(string Path, string Part, EventFilter Filter)
{
    /// <summary>The log of a rollout, by node.</summary>
    public static LogSource OfRollout(string id) => new($"rollouts/{id}", "node", new EventFilter(Rollout: id));

    /// <summary>The log of a build, by step.</summary>
    public static LogSource OfBuild(string id) => new($"builds/{id}", "step", new EventFilter { Build = id });
}
