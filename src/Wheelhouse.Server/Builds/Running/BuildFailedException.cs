namespace Wheelhouse.Server.Builds.Running;

/// <summary>Ends a build from within; its outcome is the failure.</summary>
internal sealed class BuildFailedException(BuildFailure failure) : Exception(failure.Message)
{
    public BuildFailedException(string code, string message, string? fix = null) : this(new BuildFailure(code, message, fix))
    {
    }

    public BuildFailure Failure => failure;
}
