namespace Wheelhouse.Server.Notifications.Webhook;

/// <summary>The body of a webhook: type, time and data, as Standard Webhooks has it.</summary>
/// <param name="Type">What happened, such as <c>rollout.failed</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What there is to say of it.</param>
public sealed record WebhookBody(string Type, DateTimeOffset Timestamp, WebhookData Data)
{
    internal static WebhookBody Of(Notification notification) => new(notification.Event, notification.At, new WebhookData(
        notification.Title, notification.Text, notification.Message, notification.Severity.ToString().ToLowerInvariant(), notification.Service, notification.Environment,
        notification.Link, notification.Rollout is { } rollout ? WebhookRollout.Of(rollout) : null, notification.Build is { } build ? WebhookBuild.Of(build) : null));
}

/// <summary>What a webhook says of an event.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">More lines; may be empty.</param>
/// <param name="Message">The line of the event log.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Service">The service, or null.</param>
/// <param name="Environment">The environment, or null.</param>
/// <param name="Link">The page to look at.</param>
/// <param name="Rollout">The rollout, or null.</param>
/// <param name="Build">The build, or null.</param>
public sealed record WebhookData(string Title, string Text, string Message, string Severity, string? Service, string? Environment, Uri Link, WebhookRollout? Rollout, WebhookBuild? Build);

/// <summary>What a webhook says of a rollout; see <see cref="RolloutFacts"/> for what the members mean.</summary>
public sealed record WebhookRollout(
    string Id, string Kind, string State, string Version, string? From, string By, string? Reason, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    double Seconds, int Nodes, int NodesDone, string? Error, string? Fix, Uri? RevertLink)
{
    internal static WebhookRollout Of(RolloutFacts facts) => new(
        facts.Id, facts.Kind, facts.State, facts.Version, facts.From, facts.By, facts.Reason, facts.RequestedAt, facts.StartedAt, facts.EndedAt,
        Math.Round(facts.Duration.TotalSeconds, 3), facts.Nodes, facts.NodesDone, facts.Error, facts.Fix, facts.RevertLink);
}

/// <summary>What a webhook says of a build; see <see cref="BuildFacts"/> for what the members mean.</summary>
public sealed record WebhookBuild(string Id, string Project, string? Version, string? Ref, string? Commit, string By, double Seconds, string? Error, string? Fix)
{
    internal static WebhookBuild Of(BuildFacts facts) =>
        new(facts.Id, facts.Project, facts.Version, facts.Ref, facts.Commit, facts.By, Math.Round(facts.Duration.TotalSeconds, 3), facts.Error, facts.Fix);
}
