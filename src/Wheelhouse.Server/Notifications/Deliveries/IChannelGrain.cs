namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>Works on one channel, so that in all servers together only one does; the key is its name.</summary>
public interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>Begins to tell what happens. Does nothing when it does that already. Returns at once.</summary>
    Task Wake();
}
