namespace Wheelhouse.Server.Hosting.Startup;

/// <summary>For services that work in the background and have nothing to do before the server listens.</summary>
internal static class ApplicationStart
{
    /// <summary>Waits until the server has started.</summary>
    /// <exception cref="OperationCanceledException">The server stops, or its start failed.</exception>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
