
namespace Wheelhouse.Server.Hosting.Grains;

/// <summary>Ends the process with a clear exit code when the engine can no longer be trusted, instead of aborting with a core dump.</summary>
internal sealed class FatalGrainErrors(ILogger<FatalGrainErrors> logger) : IFatalErrorHandler
{
    /// <summary>The exit code: the supervisor restarts the server, and it goes on from the journal.</summary>
    public const int ExitCode = 70;

    public bool IsUnexpected(Exception exception) => exception is not (OperationCanceledException or ObjectDisposedException);

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        logger.LogCritical(exception, "The engine failed ({Context}); the server ends and must be started again", context);
        Environment.Exit(ExitCode);
    }
}
