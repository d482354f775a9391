using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Events;

/// <summary>Old events may go. They were written in the order of their ids, so only the first ones need to be looked at.</summary>
internal sealed class EventRetention(IOptions<EventRetentionOptions> options) : IRetention
{
    public string Name => "events";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Value.Events;
        var first = context.Set<EventRow>().OrderBy(row => row.Id).Take(most).Where(row => row.At < limit).Select(row => row.Id);
        return context.Set<EventRow>().Where(row => first.Contains(row.Id)).ExecuteDelete();
    }
}

/// <summary>Old lines that commands on nodes printed may go; an index on type and time finds them.</summary>
internal sealed class NodeLogRetention(IOptions<EventRetentionOptions> options) : IRetention
{
    public string Name => "node logs";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Value.NodeLogs;
        var old = context.Set<EventRow>().Where(row => row.Type == EventTypes.NodeLog && row.At < limit).OrderBy(row => row.At).Take(most).Select(row => row.Id);
        return context.Set<EventRow>().Where(row => old.Contains(row.Id)).ExecuteDelete();
    }
}
