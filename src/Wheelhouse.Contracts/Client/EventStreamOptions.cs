namespace Wheelhouse.Contracts.Client;

/// <summary>How a stream of events deals with lost connections.</summary>
public sealed record EventStreamOptions
{
    /// <summary>
    /// How long to try to reconnect before giving up with <see cref="EventStreamLostException"/>, counted from the last sign of
    /// the server. 10 minutes unless told; zero gives up at the first loss.
    /// </summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After this long without an event the connection is opened anew, because a connection whose other end vanished looks
    /// exactly like a quiet one. One minute unless told.
    /// </summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Called with the reason each time the connection is lost; null when nobody wants to know.</summary>
    public Action<string>? OnLost { get; init; }

    /// <summary>Called when the connection stands again after a loss.</summary>
    public Action? OnRestored { get; init; }

    /// <summary>The clock of the waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
