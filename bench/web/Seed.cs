using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.WebBench;

/// <summary>Writes what the pages show into a data directory, through the writer that the server uses: also beside a server that runs on it.</summary>
internal sealed class Seed : IAsyncDisposable
{
    /// <summary>The big rollout that has ended.</summary>
    public const string Rollout = "01K0000000000000000000BENCH";

    /// <summary>One as big whose nodes change while it is looked at.</summary>
    public const string Moving = "01K000000000000000000MOVING";

    public const string Service = "big";
    public const string Environment = "production";
    private const int LinesAnEvent = 10;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly IHost _host;

    private Seed(IHost host) => _host = host;

    private DatabaseWriter Writer => _host.Services.GetRequiredService<DatabaseWriter>();

    /// <summary>Opens a data directory; it is made when there is none.</summary>
    public static async Task<Seed> OpenAsync(string data)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        DataDirectory.CreatePrivate(data);
        builder.Services.AddSingleton(TimeProvider.System).AddStorage(new DataDirectory(data)).AddEvents();
        var host = builder.Build();
        await host.StartAsync();
        return new Seed(host);
    }

    /// <summary>Writes the big rollout.</summary>
    /// <param name="nodes">How many nodes it went to; every 25th drifted.</param>
    /// <param name="lines">How many lines commands printed there, all nodes together.</param>
    public async Task WriteEndedAsync(int nodes, int lines)
    {
        await Writer.WriteAsync(context => AddRollout(context, Rollout, "succeeded", nodes, number => IsDrifted(number) ? "drifted" : "good"));
        foreach (var batch in Events(nodes, lines).Chunk(2000)) await Writer.WriteAsync(context => context.AddRange(batch));
    }

    /// <summary>Writes a rollout that waits for a person, so that no server takes it up.</summary>
    public Task WriteMovingAsync(int nodes) => Writer.WriteAsync(context => AddRollout(context, Moving, "paused", nodes, _ => "pending"));

    /// <summary>Brings nodes of the moving rollout into a state, with the events that a rollout writes.</summary>
    public Task MoveAsync(IEnumerable<int> nodes, string state) => Writer.WriteAsync(context =>
    {
        foreach (var number in nodes)
        {
            context.Set<RolloutNodeRow>().Find(Moving, Name(number))!.State = state;
            context.Add(Event(Moving, number, EventTypes.NodeState, Name(number), $"{Name(number)} is {state}", new { state }));
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void AddRollout(WheelhouseContext context, string id, string state, int nodes, Func<int, string> stateOf)
    {
        context.Add(new RolloutRow
        {
            Id = id,
            Service = Service,
            Environment = Environment,
            Kind = "deploy",
            State = state,
            Phase = state == "succeeded" ? "finish" : "activate",
            Version = "1.1.0",
            FromVersion = "1.0.0",
            By = "bench",
            CreatedAt = Start,
            StartedAt = Start,
            EndedAt = state == "succeeded" ? Start.AddMinutes(20) : null,
        });
        foreach (var number in Enumerable.Range(1, nodes))
        {
            var node = new RolloutNodeRow
            {
                Rollout = id,
                Name = Name(number),
                Ordinal = number,
                Batch = 1 + ((number - 1) / 10),
                State = stateOf(number),
                Node = JsonSerializer.Serialize(new InventoryNode(Name(number), "127.0.0.1", null, null, null, new Dictionary<string, string>()), JsonSerializerOptions.Web),
                FromVersion = "1.0.0",
            };
            context.Add(node);
            if (id != Rollout) continue;
            node.Version = IsDrifted(number) ? "1.0.0" : "1.1.0";
            node.Error = IsDrifted(number) ? "web: 503 from http://big/health" : null;
            context.Add(new NodeStateRow
            {
                Service = Service,
                Environment = Environment,
                Name = node.Name,
                Address = "127.0.0.1",
                Version = node.Version,
                State = node.State,
                Detail = node.Error,
                LastContact = Start.AddMinutes(20),
                Releases = "1.1.0-0a1b2c3d\n1.0.0-4e5f6a7b",
            });
        }
    }

    private static IEnumerable<EventRow> Events(int nodes, int lines)
    {
        yield return Event(Rollout, 0, EventTypes.RolloutStarted, node: null, "The rollout began", data: null);
        for (var i = 0; i < lines / LinesAnEvent; i++)
        {
            var node = Name(1 + (i % nodes));
            yield return Event(Rollout, i, EventTypes.NodeLog, node, $"{node}: {LinesAnEvent} lines", new
            {
                lines = Enumerable.Range(1, LinesAnEvent).Select(line => string.Create(
                    CultureInfo.InvariantCulture, $"migrating table {i * LinesAnEvent + line}: rows copied, index rebuilt, constraints checked")),
            });
        }

        for (var number = 1; number <= nodes; number++)
            yield return Event(Rollout, lines / LinesAnEvent, EventTypes.NodeState, Name(number), $"{Name(number)} runs 1.1.0, proved", new { state = "good" });
        yield return Event(Rollout, lines / LinesAnEvent, EventTypes.RolloutEnded, node: null, "The rollout succeeded", new { state = "succeeded" });
    }

    private static EventRow Event(string rollout, int ticks, string type, string? node, string message, object? data) => new()
    {
        At = Start.AddMilliseconds(ticks * 100),
        Type = type,
        Service = Service,
        Environment = Environment,
        Rollout = rollout,
        Node = node,
        Message = message,
        Data = data is null ? null : JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
    };

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node{number:000}");

    private static bool IsDrifted(int number) => number % 25 == 0;
}
