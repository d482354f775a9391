using Fluid;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>What templates can say. Every variable is always there; one that there is nothing to say of is nil.</summary>
public static class TemplateVariables
{
    /// <summary>Each variable with its meaning, and its value for a notification.</summary>
    public static IReadOnlyList<TemplateVariable> All { get; } =
    [
        new("event", "what happened, such as `rollout.failed`", n => n.Event),
        new("severity", "`info`, `warning` or `error`", n => n.Severity.ToString().ToLowerInvariant()),
        new("message", "the line of the event log", n => n.Message),
        new("at", "when it happened; `{{ at | date: \"%H:%M\" }}` formats it", n => n.At),
        new("link", "the page to look at", n => n.Link.AbsoluteUri),
        new("service", "the service", n => n.Service),
        new("environment", "the environment", n => n.Environment),
        new("rollout", "the rollout's id", n => n.Rollout?.Id),
        new("kind", "`deploy`, `revert` or `converge`", n => n.Rollout?.Kind),
        new("state", "the rollout's state, such as `succeeded`", n => n.Rollout?.State),
        new("build", "the build's id", n => n.Build?.Id),
        new("project", "the project that was built", n => n.Build?.Project),
        new("ref", "the branch or tag that was built, such as `refs/heads/main`", n => n.Build?.Ref),
        new("commit", "the commit that was built", n => n.Build?.Commit),
        new("version", "the version that the rollout brings, or that was built", n => n.Rollout?.Version ?? n.Build?.Version),
        new("from", "the version that ran before; nil at a first deploy", n => n.Rollout?.From),
        new("by", "who asked for the rollout or the build, or pushed what was built", n => n.Rollout?.By ?? n.Build?.By),
        new("reason", "why, in their words", n => n.Rollout?.Reason),
        new("started_at", "when the rollout began", n => n.Rollout?.StartedAt),
        new("ended_at", "when it ended", n => n.Rollout?.EndedAt),
        new("seconds", "how long it took so far, as a number", n => Took(n) is { } took ? Math.Round(took.TotalSeconds, 1) : null),
        new("duration", "the same for a person, such as `1 min 32 s`", n => Took(n) is { } took ? Duration.Describe(took) : null),
        new("nodes", "how many nodes the rollout knows", n => n.Rollout?.Nodes),
        new("nodes_done", "how many of them run the version", n => n.Rollout?.NodesDone),
        new("progress", "what the rollout does now, in a sentence", n => n.Rollout?.Progress),
        new("error", "what went wrong", n => n.Rollout?.Error ?? n.Build?.Error),
        new("fix", "what to do about it", n => n.Rollout?.Fix ?? n.Build?.Fix),
        new("revert_link", "the page with the Revert button; nil when there is nothing to take back", n => n.Rollout?.RevertLink?.AbsoluteUri),
    ];

    private static TimeSpan? Took(Notification notification) => notification.Rollout?.Duration ?? notification.Build?.Duration;

    internal static void Set(TemplateContext context, Notification notification)
    {
        foreach (var variable in All) context.SetValue(variable.Name, variable.Value(notification));
    }
}

/// <summary>A variable of templates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is, in Markdown.</param>
/// <param name="Value">Its value for a notification; null when there is nothing to say.</param>
public sealed record TemplateVariable(string Name, string Meaning, Func<Notification, object?> Value);
