using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Contracts.Secrets;

namespace Wheelhouse.Server.Web.Channels;

/// <summary>The channels and the secrets that they name.</summary>
public sealed record ChannelsModel(IReadOnlyList<ChannelView> Channels, IReadOnlyList<SecretView> Secrets);

/// <summary>A channel with its newest deliveries.</summary>
public sealed record ChannelModel(ChannelView Channel, IReadOnlyList<DeliveryView> Deliveries);
