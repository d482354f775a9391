namespace Wheelhouse.Server.Builds.Running;

/// <summary>Hears what happens in a build while it happens.</summary>
internal interface IBuildListener
{
    /// <summary>A step begins.</summary>
    /// <param name="step">One of <see cref="BuildSteps"/>.</param>
    Task BeginAsync(string step);

    /// <summary>Lines of output, in order: without their ends, at most <see cref="BuildLimits.LineLength"/> characters each.</summary>
    Task LogAsync(IReadOnlyList<string> lines);

    /// <summary>
    /// The files are there, and their tests have not begun. An answer other than null ends the build with it: a version that was published with other bytes
    /// is not worth a test.
    /// </summary>
    Task<BuildFailure?> BuiltAsync(IReadOnlyList<BuiltFile> files);
}
