using Orleans.Concurrency;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <inheritdoc cref="IChannelGrain"/>
[Reentrant]
internal sealed class ChannelGrain(IServiceProvider services, EventSignal signal, TimeProvider time, ILogger<ChannelGrain> logger) : Grain, IChannelGrain, IDisposable
{
    /// <summary>Commits come in crowds; so long they are waited for together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public Task Wake()
    {
        if (!_work.IsCompleted) return Task.CompletedTask;
        DelayDeactivation(TimeSpan.FromDays(1));
        _work = WorkAsync(ActivatorUtilities.CreateInstance<ChannelQueue>(services, this.GetPrimaryKeyString()));
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync(ChannelQueue queue)
    {
        try
        {
            while (!queue.IsGone)
            {
                var news = signal.Next;
                var next = await queue.DrainAsync(_stopping.Token);
                if (!queue.IsGone) await WaitAsync(news, next);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            logger.LogDebug("The channel {Channel} rests, since this server stops", this.GetPrimaryKeyString());
            return;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The channel {Channel} met an error of Wheelhouse itself; it goes on in a few seconds", this.GetPrimaryKeyString());
        }

        DelayDeactivation(TimeSpan.Zero);
    }

    /// <summary>Waits until there may be something new, or until a moment.</summary>
    private async Task WaitAsync(Task news, DateTimeOffset? next)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var wait = next is { } moment ? moment - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        if (next is null || wait > TimeSpan.Zero) await Task.WhenAny(news, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        await Task.Delay(Pause, time, _stopping.Token);
    }
}
