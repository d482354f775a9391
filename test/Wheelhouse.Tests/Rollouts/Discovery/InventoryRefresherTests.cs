using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Services;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Rollouts.Discovery;

public sealed class InventoryRefresherTests : IAsyncLifetime
{
    private static readonly InventoryContext Place = new("billing", "production");
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDbContextFactory<WheelhouseContext> Contexts => _database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>();

    private InventoryAnswers Answers => new(Contexts, _database.Writer, _database.Time);

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Here the watch of the first revision breaks whenever it is to converge new nodes: there is nobody to do it.</summary>
    [Fact]
    public async Task A_watch_that_breaks_does_not_keep_the_next_revision_from_being_watched()
    {
        var options = new InventoryOptions();
        var finder = new NodeFinder(Answers, options, _database.Time, NullLogger<NodeFinder>.Instance);
        var log = _database.Services.GetRequiredService<EventLog>();
        var watch = new InventoryWatch(finder, Answers, newNodes: null!, log, options, _database.Time, NullLogger<InventoryWatch>.Instance);
        using var refresher = new InventoryRefresher(
            new ServiceCatalog(Contexts, DocumentParsing.Parser), watch, options, _database.Services.GetRequiredService<IHostApplicationLifetime>(), _database.Time,
            NullLogger<InventoryRefresher>.Instance);
        await ApplyAsync(1, "[app1]", "new_nodes: converge");
        await refresher.StartAsync(Token);
        await FoundAsync("[app1]", "app1");

        await ApplyAsync(2, "[app1, app2]", "");
        await FoundAsync("[app1, app2]", "app1 app2");
        await refresher.StopAsync(Token);
    }

    private Task ApplyAsync(int revision, string nodes, string more) => _database.Writer.WriteAsync(context =>
    {
        if (revision == 1) context.Add(new ServiceRow { Name = Place.Service, Revision = 1 });
        else context.Set<ServiceRow>().Single().Revision = revision;
        context.Add(new ServiceRevisionRow { Service = Place.Service, Number = revision, AppliedAt = _database.Time.GetUtcNow(), AppliedBy = "test", Yaml = Document(nodes, more) });
    }, Token);

    /// <summary>Waits until the query was asked; the clock goes on meanwhile.</summary>
    private Task FoundAsync(string nodes, string names) => Eventually.TrueAsync(
        async () =>
        {
            _database.Time.Advance(TimeSpan.FromSeconds(5));
            var query = DocumentParsing.Parser.Parse(Document(nodes, "")).Services[0].Document.Environments[0].Nodes;
            return await Answers.FindAsync(Place, query, Token) is { } answer && string.Join(' ', answer.Nodes.Select(node => node.Name)) == names;
        },
        $"{names} to be found", TimeSpan.FromSeconds(30), Token);

    private static string Document(string nodes, string more) => $$"""
        service: billing
        package: acme-billing
        python: "3.11"
        root: /srv/billing
        processes: [{ name: web, start: "{current}/bin/billing serve" }]
        environments:
          - name: production
            nodes: { static: {{nodes}} }
            {{more}}

        """;
}
