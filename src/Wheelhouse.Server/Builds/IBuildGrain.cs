namespace Wheelhouse.Server.Builds;

/// <summary>Works on one build; the key is its id. Every call returns at once: the work goes on in the grain, and the journal tells how it stands.</summary>
internal interface IBuildGrain : IGrainWithStringKey
{
    /// <summary>Begins the build, or begins it again after its server was stopped. Does nothing when it is being worked on, waits for its turn or has ended.</summary>
    Task Wake();

    /// <summary>Cancels it: takes effect within seconds. What was published stays.</summary>
    /// <param name="by">Who asked.</param>
    Task Cancel(string by);
}
