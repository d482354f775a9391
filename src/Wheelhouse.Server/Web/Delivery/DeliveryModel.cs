using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery;

namespace Wheelhouse.Server.Web.Delivery;

/// <summary>What the page of delivery metrics shows.</summary>
/// <param name="View">The figures.</param>
/// <param name="Choices">What they can be filtered by.</param>
public sealed record DeliveryModel(DeliveryView View, DeliveryChoices Choices);
