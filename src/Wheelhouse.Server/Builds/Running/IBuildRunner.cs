namespace Wheelhouse.Server.Builds.Running;

/// <summary>
/// Builds and tests one commit where the project's code can harm nobody: it sees its own sources and the index, and neither the server's files,
/// secrets and environment nor other builds. When a run is over, nothing of it is left but its files and what it told.
/// </summary>
internal interface IBuildRunner
{
    /// <summary>Runs a build. What goes wrong in the project is an outcome; an exception is a fault of the runner itself.</summary>
    /// <param name="job">What to build.</param>
    /// <param name="listener">Is told of everything, in order, one call at a time.</param>
    /// <param name="token">Ends it: everything that it started is ended before this throws <see cref="OperationCanceledException"/>.</param>
    Task<BuildOutcome> RunAsync(BuildJob job, IBuildListener listener, CancellationToken token);
}
