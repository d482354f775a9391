namespace Wheelhouse.Server.Hosting.Startup;

/// <summary>A hosted service that says only what it does at the moments that it cares about.</summary>
public abstract class LifecycleService : IHostedLifecycleService
{
    /// <summary>Before the server listens; services start in the order of their registration.</summary>
    public virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the server listens.</summary>
    public virtual Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the server stops; in the reverse order.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
