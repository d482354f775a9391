namespace Wheelhouse.Server.Builds.Running;

/// <summary>What a build does, one after another.</summary>
internal static class BuildSteps
{
    /// <summary>Brings the repository to this machine and finds the commit; the runner is not asked before that.</summary>
    public const string Fetch = "fetch";

    /// <summary>Takes the commit out of the repository.</summary>
    public const string Checkout = "checkout";

    /// <summary>Installs what the build backend needs.</summary>
    public const string Requirements = "requirements";

    /// <summary>Makes the sdist, and the wheel from it.</summary>
    public const string Build = "build";

    /// <summary>Installs the wheel and runs the tests against it.</summary>
    public const string Test = "test";

    /// <summary>Publishes the files on the index.</summary>
    public const string Publish = "publish";
}
