using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <inheritdoc cref="IProjectGrain"/>
/// <remarks>Each decision is one change of the database, so that it holds even if two of these grains should live for a moment.</remarks>
internal sealed class ProjectGrain(DatabaseWriter writer, EventLog log, AuditLog audit, BuildProjectParser parser, TimeProvider time) : Grain, IProjectGrain
{
    private string Project => this.GetPrimaryKeyString();

    public async Task<BuildAdmission> Request(BuildOrder order)
    {
        var admission = await writer.WriteAsync(context => Decide(context, order));
        if (admission.Outcome == BuildAdmissionOutcome.Admitted) await StartNext();
        return admission;
    }

    public async Task StartNext()
    {
        var begun = await writer.WriteAsync(context =>
        {
            var open = context.Set<BuildRow>().Where(BuildRow.IsOpen).Where(row => row.Project == Project).OrderBy(row => row.Id).ToList();
            var free = ParallelOf(context) - open.Count(row => row.IsAdmitted);
            var next = open.Where(row => !row.IsAdmitted).Take(Math.Max(0, free)).ToList();
            next.ForEach(row => row.IsAdmitted = true);
            return next.ConvertAll(row => row.Id);
        });
        foreach (var id in begun) await GrainFactory.GetGrain<IBuildGrain>(id).Wake();
    }

    /// <summary>A document that is not valid any more lets one build begin, which says so.</summary>
    private int ParallelOf(WheelhouseContext context) =>
        context.Find<BuildProjectRow>(Project) is { } row && parser.Parse(row.Yaml).Projects is [var project] ? project.Document.Parallel : 1;

    private BuildAdmission Decide(WheelhouseContext context, BuildOrder order)
    {
        if (context.Find<BuildProjectRow>(Project) is null) return new BuildAdmission("", BuildAdmissionOutcome.Gone);
        var now = time.GetUtcNow();
        if (order.Delivery is { } delivery)
        {
            if (context.Set<HookDeliveryRow>().FirstOrDefault(row => row.Project == Project && row.Delivery == delivery) is { } told)
                return new BuildAdmission(told.Build ?? "", BuildAdmissionOutcome.Replayed);
        }

        if (!BuildTriggers.IsAsked(order.Trigger) && FindSame(context, order) is { } same) return Take(context, order, same.Id, BuildAdmissionOutcome.Known, now);
        var build = context.Add(new BuildRow
        {
            Id = Ulid.New(now),
            Project = Project,
            Ref = order.Ref,
            Commit = order.Commit,
            By = order.By,
            Trigger = order.Trigger,
            State = BuildStates.Queued,
            CreatedAt = now,
        }).Entity;
        if (!BuildTriggers.IsAsked(order.Trigger)) Supersede(context, build, now);
        else audit.Record(context, order.By, "build.requested", Project, $"{order.Ref ?? order.Commit ?? "the default branch"} as {build.Id}");
        log.Record(context, build.Event(
            EventTypes.BuildRequested, Say(order),
            new { build.Project, build.Ref, build.Commit, build.By, build.Trigger }));
        return Take(context, order, build.Id, BuildAdmissionOutcome.Admitted, now);
    }

    private string Say(BuildOrder order)
    {
        var what = order.Ref is null ? "" : $" at {RefPatterns.Short(order.Ref)}";
        return order.Trigger switch
        {
            BuildTriggers.Request => $"{order.By} asks to build {Project}{what}",
            BuildTriggers.WorkingTree => $"{order.By} asks to build a working tree of {Project}",
            _ => $"{order.By} pushed {Project}{what}",
        };
    }

    /// <summary>A build of what is pushed: a webhook, the same webhook sent by hand, and polling may all tell of it.</summary>
    private BuildRow? FindSame(WheelhouseContext context, BuildOrder order) => context.Set<BuildRow>()
        .Where(row => row.Project == Project && row.Commit == order.Commit && row.Ref == order.Ref && row.Trigger != BuildTriggers.WorkingTree && row.State != BuildStates.Superseded && row.State != BuildStates.Cancelled)
        .OrderByDescending(row => row.Id).FirstOrDefault();

    private void Supersede(WheelhouseContext context, BuildRow newer, DateTimeOffset now)
    {
        foreach (var older in context.Set<BuildRow>()
            .Where(row => row.Project == Project && row.Ref == newer.Ref && row.State == BuildStates.Queued && row.Trigger != BuildTriggers.Request && row.Trigger != BuildTriggers.WorkingTree).ToList())
        {
            older.SupersededBy = newer.Id;
            log.End(context, older, BuildStates.Superseded, now, new BuildFailure("superseded", $"Something newer was pushed: build {newer.Id}."));
        }
    }

    private BuildAdmission Take(WheelhouseContext context, BuildOrder order, string build, BuildAdmissionOutcome outcome, DateTimeOffset now)
    {
        if (order.Delivery is { } delivery) context.Add(new HookDeliveryRow { Project = Project, Delivery = delivery, Build = build, At = now });
        return new BuildAdmission(build, outcome);
    }
}
