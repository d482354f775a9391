using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>Old deliveries may go, save what still waits.</summary>
internal sealed class DeliveryRetention(DeliveryRetentionOptions options) : IRetention
{
    public string Name => "deliveries";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Deliveries;
        var old = context.Set<DeliveryRow>().Where(row => row.LastAt < limit && row.State != DeliveryStates.Waiting && row.State != DeliveryStates.Resend)
            .OrderBy(row => row.LastAt).Take(most).Select(row => row.Id);
        return context.Set<DeliveryRow>().Where(row => old.Contains(row.Id)).ExecuteDelete();
    }
}
