using Wheelhouse.Server.Notifications.Channels;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>Calls notifiers: within a time, and whatever they throw is a <see cref="NotifierException"/>.</summary>
internal sealed class NotificationSender(TimeProvider time, ILogger<NotificationSender> logger)
{
    /// <summary>How long one attempt may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How much longer an attempt may take once the server is asked to stop: what was sent and not written down would be sent twice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Sends one notification.</summary>
    /// <returns>The notifier's reference.</returns>
    /// <exception cref="NotifierException">It was not taken.</exception>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async Task<string?> SendAsync(ChannelDocument channel, Notification notification, string? earlier, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Patience, time);
        await using var onStop = stopping.Register(() => late.CancelAfter(Grace));
        try
        {
            return await channel.Notifier.SendAsync(channel.Options, notification, earlier, late.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(stopping);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new NotifierException($"The receiver did not answer within {Patience.TotalSeconds:0} s.", "Find out why it is slow.");
        }
        catch (Exception unexpected) when (unexpected is not NotifierException)
        {
            logger.LogError(unexpected, "The notifier {Notifier} broke its contract for the channel {Channel}", channel.Notifier.Name, channel.Name);
            throw new NotifierException($"The notifier '{channel.Notifier.Name}' failed in an unexpected way ({unexpected.GetType().Name}).", "Look at the server's log and report it.");
        }
    }
}
