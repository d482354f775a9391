namespace Wheelhouse.Server.Rollouts;

/// <summary>Works on one rollout; the key is its id. Every call returns at once: the work goes on in the grain, and the journal tells how it stands.</summary>
public interface IRolloutGrain : IGrainWithStringKey
{
    /// <summary>Begins the rollout, or goes on with it where it was cut off. Does nothing when it is being worked on or has ended.</summary>
    Task Wake();

    /// <summary>Cancels it: takes effect within 5 s.</summary>
    /// <param name="by">Who asked.</param>
    Task Cancel(string by);

    /// <summary>Goes on after a pause: steps that failed are done again.</summary>
    /// <param name="by">Who asked.</param>
    Task Resume(string by);

    /// <summary>Takes it back after a pause.</summary>
    /// <param name="by">Who asked.</param>
    Task Revert(string by);
}
