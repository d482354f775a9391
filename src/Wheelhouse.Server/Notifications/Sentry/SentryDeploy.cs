using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Sentry;

/// <summary>What Sentry is told of a rollout: the release, and that it was deployed.</summary>
internal sealed record SentryDeploy(SentryRelease Release, SentryDeployment Deploy)
{
    /// <summary>The release that runs since the rollout ended; null when it did not end, or nobody can say what runs.</summary>
    public static SentryDeploy? Of(SentryOptions options, Notification notification)
    {
        if (notification is not { Environment: { } environment, Rollout: { EndedAt: { } ended } rollout }) return null;
        var runs = rollout.State == RolloutStates.Succeeded || rollout is { State: RolloutStates.Reverted, From: not null };
        return runs
            ? new SentryDeploy(
                new SentryRelease(options.Prefix + rollout.VersionAfter(), options.Projects),
                new SentryDeployment(environment, rollout.Id, notification.Link, rollout.StartedAt, ended, options.Projects))
            : null;
    }
}

/// <summary>A release; Sentry answers well when it knows it already.</summary>
internal sealed record SentryRelease(string Version, IReadOnlyList<string> Projects);

/// <summary>A deploy of a release. Its name is the rollout's id, by which a repeat is found.</summary>
internal sealed record SentryDeployment(string Environment, string Name, Uri Url, DateTimeOffset? DateStarted, DateTimeOffset DateFinished, IReadOnlyList<string> Projects);
