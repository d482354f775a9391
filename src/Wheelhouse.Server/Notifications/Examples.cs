using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Notifications;

/// <summary>Notifications of a rollout and a build that never were, to try templates and channels with.</summary>
public static class Examples
{
    private static readonly DateTimeOffset Then = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    /// <summary>An example of an event.</summary>
    /// <param name="name">One of <see cref="NotificationEvents"/>.</param>
    public static Notification Of(string name)
    {
        var isOfBuild = name is NotificationEvents.BuildSucceeded or NotificationEvents.BuildFailed;
        var hasNoService = isOfBuild || EventTypes.IsOfIndex(name);
        return new Notification
        {
            Id = "msg_example",
            Event = name,
            Severity = NotificationEvents.SeverityOf(name),
            At = Then,
            Service = hasNoService ? null : "billing",
            Environment = hasNoService ? null : "production",
            Rollout = name.StartsWith("rollout.", StringComparison.Ordinal) ? Rollout(name) : null,
            Build = isOfBuild ? Build(name) : null,
            Message = $"This is an example of {name}",
            Link = new Uri($"https://deploy.example/{(isOfBuild ? "builds" : "rollouts")}/01JEXAMPLE"),
        };
    }

    private static BuildFacts Build(string name) => new()
    {
        Id = "01JEXAMPLE",
        Project = "acme-billing",
        Version = "1.5.0",
        Ref = "refs/heads/main",
        Commit = "3f2a1c9d5e0b4a7c8d6e5f4a3b2c1d0e9f8a7b6c",
        By = "ann",
        Duration = TimeSpan.FromSeconds(48),
        Error = name == NotificationEvents.BuildFailed ? "1 of 212 tests failed: tests.test_invoices.test_euros." : null,
    };

    private static RolloutFacts Rollout(string name)
    {
        var ended = NotificationEvents.Ends.Contains(name);
        var failed = name is NotificationEvents.Failed or NotificationEvents.Reverted or NotificationEvents.Paused;
        return new RolloutFacts
        {
            Id = "01JEXAMPLE",
            Kind = RolloutKinds.Deploy,
            State = ended ? name["rollout.".Length..] : name == NotificationEvents.Paused ? RolloutStates.Paused : RolloutStates.Running,
            Version = "1.5.0",
            From = "1.4.2",
            By = "ann",
            Reason = "Invoices in euros",
            RequestedAt = Then.AddSeconds(-93),
            StartedAt = Then.AddSeconds(-92),
            EndedAt = ended ? Then : null,
            Duration = TimeSpan.FromSeconds(92),
            Progress = name == NotificationEvents.Progress ? "Batch 2: app2" : null,
            Nodes = 3,
            NodesDone = name == NotificationEvents.Succeeded ? 3 : 1,
            Error = failed ? "app2 web: the check answered 500." : null,
            Fix = failed ? "Read the log of app2 on the rollout's page." : null,
            RevertLink = new Uri("https://deploy.example/services/billing/production?ask=revert"),
        };
    }
}
