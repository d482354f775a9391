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

/// <summary>Writes one big rollout that has ended into a new data directory, through the writer that the server uses.</summary>
internal static class Seed
{
    public const string Rollout = "01K0000000000000000000BENCH";
    private const string Service = "big";
    private const string Environment = "production";
    private const int LinesAnEvent = 10;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Writes it.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="nodes">How many nodes it went to; every 25th failed.</param>
    /// <param name="lines">How many lines commands printed there, all nodes together.</param>
    public static async Task WriteAsync(string data, int nodes, int lines)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        DataDirectory.CreatePrivate(data);
        builder.Services.AddSingleton(TimeProvider.System).AddStorage(new DataDirectory(data)).AddEvents();
        using var host = builder.Build();
        await host.StartAsync();
        var writer = host.Services.GetRequiredService<DatabaseWriter>();
        await writer.WriteAsync(context => AddRollout(context, nodes));
        foreach (var batch in Events(nodes, lines).Chunk(2000)) await writer.WriteAsync(context => context.AddRange(batch));
        await host.StopAsync();
    }

    private static void AddRollout(WheelhouseContext context, int nodes)
    {
        context.Add(new RolloutRow
        {
            Id = Rollout,
            Service = Service,
            Environment = Environment,
            Kind = "deploy",
            State = "succeeded",
            Version = "1.1.0",
            FromVersion = "1.0.0",
            By = "bench",
            CreatedAt = Start,
            StartedAt = Start,
            EndedAt = Start.AddMinutes(20),
        });
        context.AddRange(Enumerable.Range(1, nodes).Select(number => new RolloutNodeRow
        {
            Rollout = Rollout,
            Name = Name(number),
            Ordinal = number,
            Batch = 1 + (number / 10),
            State = IsFailed(number) ? "drifted" : "good",
            Node = JsonSerializer.Serialize(new InventoryNode(Name(number), "127.0.0.1", null, null, null, new Dictionary<string, string>()), JsonSerializerOptions.Web),
            FromVersion = "1.0.0",
            Version = IsFailed(number) ? "1.0.0" : "1.1.0",
            Error = IsFailed(number) ? "web: 503 from http://big/health" : null,
        }));
    }

    private static IEnumerable<EventRow> Events(int nodes, int lines)
    {
        yield return Event(0, EventTypes.RolloutStarted, node: null, "The rollout began", data: null);
        for (var i = 0; i < lines / LinesAnEvent; i++)
        {
            var node = Name(1 + (i % nodes));
            yield return Event(i, EventTypes.NodeLog, node, $"{node}: {LinesAnEvent} lines", new
            {
                lines = Enumerable.Range(1, LinesAnEvent).Select(line => string.Create(
                    CultureInfo.InvariantCulture, $"migrating table {i * LinesAnEvent + line}: rows copied, index rebuilt, constraints checked")),
            });
        }

        for (var number = 1; number <= nodes; number++)
            yield return Event(lines / LinesAnEvent, EventTypes.NodeState, Name(number), $"{Name(number)} runs 1.1.0, proved", new { state = "good" });
        yield return Event(lines / LinesAnEvent, EventTypes.RolloutEnded, node: null, "The rollout succeeded", new { state = "succeeded" });
    }

    private static EventRow Event(int ticks, string type, string? node, string message, object? data) => new()
    {
        At = Start.AddMilliseconds(ticks * 100),
        Type = type,
        Service = Service,
        Environment = Environment,
        Rollout = Rollout,
        Node = node,
        Message = message,
        Data = data is null ? null : JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
    };

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node{number:000}");

    private static bool IsFailed(int number) => number % 25 == 0;
}
