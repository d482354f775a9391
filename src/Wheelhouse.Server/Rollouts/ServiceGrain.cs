using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Holds;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <inheritdoc cref="IServiceGrain"/>
/// <remarks>The decision is one change of the database, so that it holds even if two of these grains should live for a moment.</remarks>
internal sealed class ServiceGrain(
    DatabaseWriter writer, EventLog log, AuditLog audit, ServiceCatalog services, HoldQueries holds, EndedRollouts ended, TimeProvider time) : Grain, IServiceGrain
{
    private string Service => this.GetPrimaryKeyString().Split('/')[0];

    private string Environment => this.GetPrimaryKeyString().Split('/')[1];

    public async Task<Admission> Request(AdmissionRequest request)
    {
        var freezes = await FreezesAsync();
        var admission = await writer.WriteAsync(context => Decide(context, request, freezes));
        if (admission.Outcome == AdmissionOutcome.Admitted) await StartAsync(admission.Rollout, request.PlanOnly);
        return admission;
    }

    public async Task StartNext()
    {
        var freezes = await FreezesAsync();
        var (next, refused) = await writer.WriteAsync(context =>
        {
            var environment = Row(context);
            if (environment.ActiveRollout is not null) return (null, []);
            var standing = holds.Find(context, Service, Environment, freezes);
            var waiting = Queued(context).ToList();
            var queued = waiting.Find(row => !IsRefused(standing, row.OverrideHold));
            var held = waiting.TakeWhile(row => row != queued).ToList();
            foreach (var row in held)
                log.EndUnbegun(context, row, RolloutStates.Failed, time.GetUtcNow(), $"{HoldWords.Describe(standing)} Nothing was begun.", HoldWords.Fix(standing));
            environment.ActiveRollout = queued?.Id;
            return (queued?.Id, held.ConvertAll(row => row.Id));
        });
        refused.ForEach(ended.Tell);
        if (next is not null) await GrainFactory.GetGrain<IRolloutGrain>(next).Wake();
    }

    /// <summary>A plan needs no turn: it changes nothing.</summary>
    private Task StartAsync(string rollout, bool isPlan) => isPlan ? GrainFactory.GetGrain<IRolloutGrain>(rollout).Wake() : StartNext();

    private static bool IsRefused(IReadOnlyList<HoldView> standing, string? overrideHold) => standing.Count > 0 && overrideHold is null;

    /// <summary>The freeze windows of the newest document: also a rollout that was asked for under an older one keeps to them.</summary>
    private async Task<IReadOnlyList<FreezeDocument>> FreezesAsync() =>
        (await services.FindListedAsync(Service, CancellationToken.None))?.Document?.Find(Environment)?.Freezes ?? [];

    private Admission Decide(WheelhouseContext context, AdmissionRequest request, IReadOnlyList<FreezeDocument> freezes)
    {
        var environment = Row(context);
        if (request.IdempotencyKey is { } key)
        {
            var known = context.Set<RolloutRow>().AsNoTracking()
                .FirstOrDefault(row => row.Service == Service && row.Environment == Environment && row.IdempotencyKey == key);
            if (known is not null) return new Admission(known.Id, AdmissionOutcome.Known);
        }

        if (!context.Set<ServiceRow>().Any(row => row.Name == Service && row.DeletedAt == null)) return new Admission("", AdmissionOutcome.Gone);
        var standing = request.PlanOnly ? [] : holds.Find(context, Service, Environment, freezes);
        if (IsRefused(standing, request.OverrideHold))
            return new Admission("", AdmissionOutcome.Held) { Hold = $"{HoldWords.Describe(standing)} Nothing was begun.", Fix = HoldWords.Fix(standing) };
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
            OverrideHold = request.OverrideHold,
            AcceptMissingNodes = request.AcceptMissingNodes,
            IdempotencyKey = request.IdempotencyKey,
            CreatedAt = now,
        };
        context.Add(rollout);
        var overriding = request.OverrideHold is { } why ? $", and overrides holds: {why}{(standing.Count > 0 ? $" ({HoldWords.Describe(standing)})" : "")}" : "";
        var message = $"{request.By} asks to {(request.PlanOnly ? "plan a " : "")}{request.Kind} {Service} {request.Version} in {Environment}{overriding}";
        log.Record(context, new NewEvent(EventTypes.RolloutRequested, message)
        {
            Service = Service,
            Environment = Environment,
            Rollout = rollout.Id,
            Data = new { request.Kind, request.Version, from = request.FromVersion, request.By, request.Reason, request.OverrideHold, request.PlanOnly },
        });
        var accepting = request.AcceptMissingNodes ? ", and accepts that nodes are missing" : "";
        if (!request.PlanOnly)
            audit.Record(context, request.By, $"rollout.{request.Kind}", $"{Service}/{Environment}", $"{request.Version}{overriding}{accepting} as {rollout.Id}");
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
        ?? Queued(context).Select(row => row.Id).FirstOrDefault();

    private IQueryable<RolloutRow> Queued(WheelhouseContext context) => context.Set<RolloutRow>()
        .Where(row => row.Service == Service && row.Environment == Environment && row.State == RolloutStates.Queued && !row.PlanOnly)
        .OrderBy(row => row.Id);
}
