using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Automatic;

/// <summary>
/// Deploys releases that join the index to the environments whose document says <c>deploy: automatic</c>, each by an ordinary rollout. It follows the event
/// log with a cursor, and asks with a key of the release: each release gets one rollout in each environment, also when the server is killed in between.
/// </summary>
internal sealed class AutomaticRollouts(
    EventReader events, EventLog log, ServiceCatalog services, RolloutActions actions, IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, ILogger<AutomaticRollouts> logger)
{
    /// <summary>Who asks, in history and audit.</summary>
    public const string By = "automatic";

    /// <summary>How far the cursor in the database may be behind when nothing was published.</summary>
    private const int FarBehind = 2_000;

    private static readonly string[] Types = [EventTypes.FilePublished];

    private long _cursor;
    private long? _written;

    /// <summary>Asks for all that is to be deployed now.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        if (_written is null) _written = _cursor = await ReadCursorAsync(token);
        IReadOnlyList<EventView> page;
        do
        {
            var newest = await events.FindLastIdAsync(token);
            page = await events.ReadTypesAsync(Types, _cursor, token);
            if (page.Count > 0) await AskAllAsync(page, token);
            if (page.Count < EventReader.PageSize) _cursor = Math.Max(_cursor, newest);
        }
        while (page.Count == EventReader.PageSize);
        if (_cursor - _written > FarBehind) await MoveAsync(_cursor, []);
    }

    /// <summary>The cursor is written once for all, as it costs uploads a turn at the disk: what is read again after a kill is asked for with the same key.</summary>
    private async Task AskAllAsync(IReadOnlyList<EventView> page, CancellationToken token)
    {
        var known = await services.ListAsync(token);
        foreach (var view in page)
        {
            if (await AskAsync(view, known, token) is { Count: > 0 } refused) await MoveAsync(view.Id, refused);
            else _cursor = view.Id;
        }

        if (_written < _cursor) await MoveAsync(_cursor, []);
    }

    /// <summary>What is published before the first run is not deployed by itself.</summary>
    private async Task<long> ReadCursorAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        if (await context.Set<AutomaticCursorRow>().AsNoTracking().SingleOrDefaultAsync(token) is { } known) return known.Cursor;
        return await writer.WriteAsync(
            write =>
            {
                var row = write.Find<AutomaticCursorRow>(AutomaticCursorRow.Only)
                    ?? write.Add(new AutomaticCursorRow { Id = AutomaticCursorRow.Only, Cursor = write.Set<EventRow>().Max(@event => (long?)@event.Id) ?? 0 }).Entity;
                return row.Cursor;
            },
            token);
    }

    private async Task MoveAsync(long cursor, IReadOnlyList<NewEvent> happened)
    {
        await writer.WriteAsync(context =>
        {
            var row = context.Find<AutomaticCursorRow>(AutomaticCursorRow.Only)!;
            if (row.Cursor >= cursor) return; // Another server was faster
            row.Cursor = cursor;
            foreach (var @event in happened) log.Record(context, @event);
        });
        _written = _cursor = cursor;
    }

    /// <returns>Events of what was refused.</returns>
    private async Task<IReadOnlyList<NewEvent>> AskAsync(EventView view, IReadOnlyList<ListedService> known, CancellationToken token)
    {
        // Nodes install wheels; the sdist of a release comes before them or after.
        if (view.Data?.Deserialize<PublishedFile>(JsonSerializerOptions.Web) is not { } file || !file.File.EndsWith(".whl", StringComparison.Ordinal)) return [];
        var refused = new List<NewEvent>();
        foreach (var service in known)
        {
            if (service.Document?.Package.Name.Normalized != file.Project) continue;
            foreach (var environment in service.Document.Environments)
            {
                if (environment.Automatic && await AskAsync(service.Name, environment, file, token) is { } @event) refused.Add(@event);
            }
        }

        return refused;
    }

    private async Task<NewEvent?> AskAsync(string service, EnvironmentDocument environment, PublishedFile file, CancellationToken token)
    {
        var version = PythonVersion.Parse(file.Version);
        if ((version.IsPrerelease || version.Local is not null) && !environment.AutomaticPrereleases) return null;
        if (await FindNewestAsync(service, environment.Name, token) is { } newest && version <= newest) return null;
        var request = new RolloutRequest { Kind = RolloutKinds.Deploy, Version = file.Version, Queue = true, Reason = Reason(file) };
        var caller = new Caller(By, Roles.Deployer, [service], [environment.Name], []);
        try
        {
            await actions.RequestAsync(service, environment.Name, request, caller, $"{By}:{file.Project}:{file.Version}", token);
            return null;
        }
        catch (ApiException refusal)
        {
            logger.LogInformation("{Project} {Version} is not deployed to {Service} in {Environment}: {Reason}", file.Project, file.Version, service, environment.Name, refusal.Message);
            return new NewEvent(EventTypes.RolloutRefused, $"{service} {file.Version} is not deployed to {environment.Name} by itself: {refusal.Message}")
            {
                Service = service,
                Environment = environment.Name,
                Data = new { file.Version, by = By, refusal.Code, error = refusal.Message, refusal.Fix },
            };
        }
    }

    /// <summary>The newest version that runs there or is on its way; null when there is none.</summary>
    private async Task<PythonVersion?> FindNewestAsync(string service, string environment, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var history = await GoodReleases.History(context, service, environment).ToListAsync(token);
        var current = GoodReleases.Stack(history) is [.., var good] ? good.Id : null;
        return history.Where(row => row.Id == current || (row.Kind == RolloutKinds.Deploy && !RolloutStates.IsEnded(row.State))).Select(row => PythonVersion.Parse(row.Version)).Max();
    }

    private static string Reason(PublishedFile file) => Excerpt.Of(file.Build is null ? $"Published by {file.By}" : $"Published by {file.By}, from {file.Build}", 400);

    private sealed record PublishedFile(string Project, string Version, string File, string By, string? Build);
}
