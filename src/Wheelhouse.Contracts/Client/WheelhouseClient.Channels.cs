using Wheelhouse.Contracts.Notifications;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Applies a document of one or more channels; its problem lists every error with its line.</summary>
    public Task<IReadOnlyList<AppliedChannel>> ApplyChannelsAsync(string yaml, CancellationToken token) =>
        PostAsync<IReadOnlyList<AppliedChannel>>("api/channels/apply", Yaml(yaml), token);

    /// <summary>Checks a document as <see cref="ApplyChannelsAsync"/> does and changes nothing.</summary>
    public async Task ValidateChannelsAsync(string yaml, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/channels/validate") { Content = Yaml(yaml) }, token);
    }

    /// <summary>Shows what the channels of a document would send; changes nothing and sends nothing.</summary>
    /// <param name="yaml">The document.</param>
    /// <param name="eventName">The only event to show, such as <c>rollout.failed</c>; null shows all that they tell.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<NotificationPreview>> PreviewChannelsAsync(string yaml, string? eventName, CancellationToken token) =>
        PostAsync<IReadOnlyList<NotificationPreview>>($"api/channels/preview?{Query("event", eventName)}", Yaml(yaml), token);

    /// <summary>Lists the channels and how telling goes.</summary>
    public Task<IReadOnlyList<ChannelView>> ListChannelsAsync(CancellationToken token) => GetAsync<IReadOnlyList<ChannelView>>("api/channels", token);

    /// <summary>Reads one channel.</summary>
    public Task<ChannelView> GetChannelAsync(string channel, CancellationToken token) => GetAsync<ChannelView>($"api/channels/{Segment(channel)}", token);

    /// <summary>Deletes a channel; what it had not told is not told.</summary>
    public async Task DeleteChannelAsync(string channel, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/channels/{Segment(channel)}"), token);
    }

    /// <summary>Sends an example over a channel now, beside what waits.</summary>
    public Task<TestMessageResult> TestChannelAsync(string channel, string? eventName, CancellationToken token) =>
        PostAsync<TestMessageResult>($"api/channels/{Segment(channel)}/test?{Query("event", eventName)}", body: null, token);

    /// <summary>Lists a channel's deliveries, the newest first.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="state">Only those in one of <see cref="DeliveryStates"/>; null for all.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<DeliveryView>> ListDeliveriesAsync(string channel, string? state, CancellationToken token) =>
        GetAsync<IReadOnlyList<DeliveryView>>($"api/channels/{Segment(channel)}/deliveries?{Query("state", state)}", token);

    /// <summary>Sends what was set aside again, or what waits at once.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="delivery">The delivery's id; null means all that was set aside.</param>
    /// <param name="token">Ends the request.</param>
    public async Task ResendAsync(string channel, long? delivery, CancellationToken token)
    {
        var path = $"api/channels/{Segment(channel)}/deliveries/{(delivery is null ? "" : $"{delivery}/")}resend";
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path), token);
    }

    /// <summary>Sets aside what waits, so that what comes after it is told.</summary>
    public async Task SetAsideAsync(string channel, long delivery, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"api/channels/{Segment(channel)}/deliveries/{delivery}/set-aside"), token);
    }
}
