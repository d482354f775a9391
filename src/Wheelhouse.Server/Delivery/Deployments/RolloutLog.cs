using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>Knows from the event log how rollouts ended; from no other table, because only the log keeps what was.</summary>
internal sealed class RolloutLog(IDbContextFactory<WheelhouseContext> contexts) : IDisposable
{
    private readonly LogTail<EndedRollout> _ended = new(contexts, EventTypes.RolloutEnded, Read);

    /// <summary>
    /// Every rollout that ended and was no plan, in the order of their ends, as far back as the log reaches: what a deployment newly brought and
    /// whether it was taken back is known only from those before and after it.
    /// </summary>
    public Task<IEnumerable<EndedRollout>> ReadAsync(CancellationToken token) => _ended.ReadAsync(token);

    public void Dispose() => _ended.Dispose();

    /// <summary>Null for a plan, and for what an older version wrote, which said less.</summary>
    private static EndedRollout? Read(EventRow row)
    {
        if (row is not { Service: { } service, Environment: { } environment, Data: { } data }) return null;
        var ended = JsonSerializer.Deserialize<EndedData>(data, JsonSerializerOptions.Web);
        if (ended is not { State: { } state, Kind: { } kind, Version: { } version, PlanOnly: false }) return null;
        return new EndedRollout(service, environment, row.At, kind, state, version)
        {
            From = ended.From,
            ChangedNodes = ended.ChangedNodes,
            TouchedAt = ended.ChangedAt ?? row.At.AddSeconds(-ended.Seconds),
        };
    }

    private sealed record EndedData(
        string? State, string? Kind, string? Version, string? From, bool PlanOnly, bool ChangedNodes, DateTimeOffset? ChangedAt, double Seconds);
}
