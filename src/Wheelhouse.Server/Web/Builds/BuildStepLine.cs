using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Server.Web.Builds;

/// <summary>A step of a build as it is shown.</summary>
/// <param name="Step">Its name.</param>
/// <param name="State">done, now, broke, stopped, later, or never when the build ended before it.</param>
/// <param name="StartedAt">When it began, or null.</param>
/// <param name="EndedAt">When it ended, or null.</param>
public sealed record BuildStepLine(string Step, string State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    private static readonly string[] Usual = ["fetch", "checkout", "requirements", "build", "test", "publish"];

    /// <summary>What the state looks like in a character.</summary>
    public string Sign => State switch { "done" => "✓", "now" => "▶", "broke" => "✕", "stopped" => "■", "later" => "○", _ => "–" };

    /// <summary>The steps of the last attempt, and those that are or would have been next.</summary>
    public static IReadOnlyList<BuildStepLine> Of(BuildView build)
    {
        var begun = build.Steps.Select((step, i) => new BuildStepLine(
            step.Step, i < build.Steps.Count - 1 ? "done" : StateOfLast(build), step.StartedAt, step.EndedAt)).ToList();
        if (build.State is BuildStates.Succeeded or BuildStates.Skipped or BuildStates.Superseded) return begun;
        var last = begun.Count == 0 ? -1 : Array.IndexOf(Usual, begun[^1].Step);
        return [.. begun, .. Usual.Skip(last + 1).Select(step => new BuildStepLine(step, BuildStates.IsEnded(build.State) ? "never" : "later", null, null))];
    }

    private static string StateOfLast(BuildView build) => build.State switch
    {
        BuildStates.Failed => "broke",
        BuildStates.Cancelled => "stopped",
        BuildStates.Queued or BuildStates.Running => "now",
        _ => "done",
    };
}
