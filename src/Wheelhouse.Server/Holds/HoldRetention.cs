using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Holds;

/// <summary>Holds that ended by themselves count no more; the audit log keeps them.</summary>
internal sealed class HoldRetention : IRetention
{
    public string Name => "holds";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most) =>
        context.Set<HoldRow>().Where(row => row.Until <= now).ExecuteDelete();
}
