using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Delivery;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Delivery.Figures;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Services;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Delivery;

/// <summary>The real event log and database with services in it, and delivery metrics computed from them.</summary>
internal sealed class DeliveryDatabase : IAsyncDisposable
{
    public static readonly Caller Everybody = new("ann", Roles.Viewer, [], [], []);
    private readonly TestDatabase _database = new();

    private DeliveryDatabase() => (Rollouts, Releases) = (new RolloutLog(Contexts), new ReleaseLog(Contexts));

    public DateTimeOffset Now => _database.Time.GetUtcNow();

    private EventLog Log => _database.Services.GetRequiredService<EventLog>();

    private IDbContextFactory<WheelhouseContext> Contexts => _database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>();

    public RolloutLog Rollouts { get; }

    public ReleaseLog Releases { get; }

    public DeliveryQueries Queries => new(new ServiceCatalog(Contexts, DocumentParsing.Parser), Rollouts, Releases, _database.Time);

    public static async Task<DeliveryDatabase> StartAsync(CancellationToken token)
    {
        var database = new DeliveryDatabase();
        await database._database.StartAsync(token);
        return database;
    }

    /// <summary>Moves the clock forward, never back.</summary>
    public void MoveTo(DateTimeOffset moment) => _database.Time.SetUtcNow(moment);

    public Task AddServiceAsync(string name, string? team, string project, params IEnumerable<string> environments)
    {
        var yaml = $$"""
            service: {{name}}
            {{(team is null ? "" : $"team: {team}")}}
            package: {{project}}
            python: "3.11"
            root: /srv/{{name}}
            processes:
              - name: web
                start: { systemd: web.service }
                restart: { systemd: web.service }
                check: { tcp: 9000 }
            environments: [{{string.Join(", ", environments.Select(environment => $"{{ name: {environment}, nodes: {{ static: [app1] }} }}"))}}]
            """;
        Assert.Empty(DocumentParsing.Parser.Parse(yaml).Errors);
        return _database.Writer.WriteAsync(context =>
        {
            context.Add(new ServiceRow { Name = name, Revision = 1 });
            context.Add(new ServiceRevisionRow { Service = name, Number = 1, AppliedBy = "ann", AppliedAt = Now, Yaml = yaml });
        });
    }

    /// <summary>Writes what the index writes when a wheel is uploaded.</summary>
    public Task PublishAsync(string project, string version) => Log.AppendAsync(new NewEvent(EventTypes.FilePublished, $"ci published {version}")
    {
        Data = new { project, version, file = $"{project}-{version}-py3-none-any.whl", by = "ci", build = (string?)null },
    });

    public Task SayCommitsAsync(string project, string version, string? previous, IReadOnlyList<CommitView> commits) =>
        Log.AppendAsync(new NewEvent(EventTypes.ReleaseCommits, $"{version} brings commits")
        {
            Data = new { project, version, previous, commit = new string('f', 40), by = "ci", commits },
        });

    /// <summary>Writes the last event of a rollout, as the journal does.</summary>
    public Task EndRolloutAsync(
        string service, string environment, string kind, string state, string version, string? from, bool planOnly = false, bool changedNodes = true, DateTimeOffset? changedAt = null) =>
        Log.AppendAsync(Ended(service, environment, kind, state, version, from, planOnly, changedNodes, changedAt));

    /// <summary>Writes many events of a time in one go.</summary>
    public Task AppendAsync(IReadOnlyList<NewEvent> events) => _database.Writer.WriteAsync(context =>
    {
        foreach (var one in events) Log.Record(context, one);
    });

    public static NewEvent Ended(
        string service, string environment, string kind, string state, string version, string? from, bool planOnly = false, bool changedNodes = true, DateTimeOffset? changedAt = null) =>
        new(EventTypes.RolloutEnded, "ended")
        {
            Service = service,
            Environment = environment,
            Rollout = Guid.NewGuid().ToString("N"),
            Data = new { state, kind, version, from, by = "ann", reason = (string?)null, planOnly, changedNodes, changedAt, seconds = 60, error = (string?)null, fix = (string?)null },
        };

    public async Task<DeliveryView> ViewAsync(Period period, string? service = null, string? team = null, string? environment = null, Caller? caller = null) =>
        (await Queries.ReadAsync(new DeliveryFilter(period, service, team, environment), caller ?? Everybody, TestContext.Current.CancellationToken)).ToView();

    /// <summary>Removes the oldest events, as retention does.</summary>
    public Task PruneAsync(int count) => _database.Writer.WriteAsync(context =>
        context.RemoveRange(context.Set<EventRow>().OrderBy(row => row.Id).Take(count)));

    public ValueTask DisposeAsync()
    {
        Rollouts.Dispose();
        Releases.Dispose();
        return _database.DisposeAsync();
    }
}
