using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <inheritdoc cref="IServiceGrain"/>
/// <remarks>The decision is one change of the database, so that it holds even if two of these grains should live for a moment.</remarks>
internal sealed class ServiceGrain(DatabaseWriter writer, EventLog log, AuditLog audit, TimeProvider time) : Grain, IServiceGrain
{
    private string Service => this.GetPrimaryKeyString().Split('/')[0];

    private string Environment => this.GetPrimaryKeyString().Split('/')[1];

    public async Task<Admission> Request(AdmissionRequest request)
    {
        var admission = await writer.WriteAsync(context => Decide(context, request));
        if (admission.Outcome == AdmissionOutcome.Admitted) await StartAsync(admission.Rollout, request.PlanOnly);
        return admission;
    }

    public async Task StartNext()
    {
        var next = await writer.WriteAsync(context =>
        {
            var environment = Row(context);
            if (environment.ActiveRollout is not null) return null;
            var queued = context.Set<RolloutRow>()
                .Where(row => row.Service == Service && row.Environment == Environment && row.State == RolloutStates.Queued && !row.PlanOnly)
                .OrderBy(row => row.Id).FirstOrDefault();
            environment.ActiveRollout = queued?.Id;
            return queued?.Id;
        });
        if (next is not null) await GrainFactory.GetGrain<IRolloutGrain>(next).Wake();
    }

    /// <summary>A plan needs no turn: it changes nothing.</summary>
    private Task StartAsync(string rollout, bool isPlan) => isPlan ? GrainFactory.GetGrain<IRolloutGrain>(rollout).Wake() : StartNext();

    private Admission Decide(WheelhouseContext context, AdmissionRequest request)
    {
        var environment = Row(context);
        if (request.IdempotencyKey is { } key)
        {
            var known = context.Set<RolloutRow>().AsNoTracking()
                .FirstOrDefault(row => row.Service == Service && row.Environment == Environment && row.IdempotencyKey == key);
            if (known is not null) return new Admission(known.Id, AdmissionOutcome.Known);
        }

        if (!request.PlanOnly && !request.Queue && InTheWay(context, environment) is { } active)
            return new Admission(active, AdmissionOutcome.Refused);
        var now = time.GetUtcNow();
        var rollout = new RolloutRow
        {
            Id = RolloutId.New(now),
            Service = Service,
            Environment = Environment,
            Kind = request.Kind,
            State = RolloutStates.Queued,
            Version = request.Version,
            FromVersion = request.FromVersion,
            Revision = request.Revision,
            PlanOnly = request.PlanOnly,
            Relock = request.Relock,
            Limit = string.Join('\n', request.Limit),
            Source = request.Source,
            By = request.By,
            Reason = request.Reason,
            IdempotencyKey = request.IdempotencyKey,
            CreatedAt = now,
        };
        context.Add(rollout);
        var message = $"{request.By} asks to {(request.PlanOnly ? "plan a " : "")}{request.Kind} {Service} {request.Version} in {Environment}";
        log.Record(context, new NewEvent(EventTypes.RolloutRequested, message)
        {
            Service = Service,
            Environment = Environment,
            Rollout = rollout.Id,
            Data = new { request.Kind, request.Version, from = request.FromVersion, request.By, request.Reason },
        });
        if (!request.PlanOnly) audit.Record(context, request.By, $"rollout.{request.Kind}", $"{Service}/{Environment}", $"{request.Version} as {rollout.Id}");
        return new Admission(rollout.Id, AdmissionOutcome.Admitted);
    }

    private EnvironmentRow Row(WheelhouseContext context)
    {
        if (context.Set<EnvironmentRow>().Find(Service, Environment) is { } row) return row;
        row = new EnvironmentRow { Service = Service, Environment = Environment };
        context.Add(row);
        return row;
    }

    private string? InTheWay(WheelhouseContext context, EnvironmentRow environment) => environment.ActiveRollout
        ?? context.Set<RolloutRow>()
            .Where(row => row.Service == Service && row.Environment == Environment && row.State == RolloutStates.Queued && !row.PlanOnly)
            .OrderBy(row => row.Id).Select(row => row.Id).FirstOrDefault();
}
