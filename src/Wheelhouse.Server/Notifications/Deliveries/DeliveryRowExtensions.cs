using Wheelhouse.Contracts.Notifications;

namespace Wheelhouse.Server.Notifications.Deliveries;

internal static class DeliveryRowExtensions
{
    /// <summary>As the API shows it.</summary>
    public static DeliveryView ToView(this DeliveryRow row) => new(
        row.Id, row.Channel, row.Name, row.EventAt, row.Service, row.Environment, row.Rollout, row.Title, row.State, row.Attempts, row.LastAt, row.NextAt,
        row.Milliseconds, row.Error, row.Fix);
}
