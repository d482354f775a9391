using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Inventory.Answers;

/// <summary>Remembers what inventories answered, with its age: for the pages, for comparing, and for a revert while the inventory is down.</summary>
public sealed class InventoryAnswers(IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, TimeProvider time)
{
    /// <summary>What is known of an environment's nodes; null when this query was never asked.</summary>
    public async Task<InventoryAnswer?> FindAsync(InventoryContext place, NodeQuery query, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<InventoryAnswerRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Service == place.Service && row.Environment == place.Environment, cancellationToken);
        return Read(row, query);
    }

    /// <summary>The same of several environments at once; those that are not known are left out.</summary>
    public async Task<IReadOnlyDictionary<InventoryContext, InventoryAnswer>> ListAsync(
        WheelhouseContext context, IReadOnlyList<(InventoryContext Place, NodeQuery Query)> places, CancellationToken cancellationToken)
    {
        var services = places.Select(one => one.Place.Service).Distinct(StringComparer.Ordinal).ToList();
        var rows = await context.Set<InventoryAnswerRow>().AsNoTracking().Where(row => services.Contains(row.Service))
            .ToDictionaryAsync(row => new InventoryContext(row.Service, row.Environment), cancellationToken);
        var found = new Dictionary<InventoryContext, InventoryAnswer>();
        foreach (var (place, query) in places)
        {
            if (Read(rows.GetValueOrDefault(place), query) is { } answer) found[place] = answer;
        }

        return found;
    }

    /// <summary>Keeps an answer.</summary>
    internal Task KeepAsync(InventoryContext place, NodeQuery query, FoundNodes found) => ChangeAsync(place, query, row =>
    {
        (row.Nodes, row.FoundAt) = (Write(found.Nodes), time.GetUtcNow());
        (row.Problem, row.Fix, row.ProblemAt) = (null, null, null);
    });

    /// <summary>Keeps why there was no answer. The last answer stays beside it.</summary>
    internal Task KeepProblemAsync(InventoryContext place, NodeQuery query, InventoryException problem) => ChangeAsync(
        place, query, row => (row.Problem, row.Fix, row.ProblemAt) = (problem.Message, problem.Fix, time.GetUtcNow()));

    /// <summary>Keeps that a rollout went by an answer: the next ones are compared with it.</summary>
    public Task UseAsync(InventoryContext place, NodeQuery query, IReadOnlyList<InventoryNode> nodes) => ChangeAsync(
        place, query, row => (row.UsedNodes, row.UsedAt) = (Write(nodes), time.GetUtcNow()));

    private Task ChangeAsync(InventoryContext place, NodeQuery query, Action<InventoryAnswerRow> change)
    {
        var hash = Hash(query);
        return writer.WriteAsync(context =>
        {
            var rows = context.Set<InventoryAnswerRow>();
            var row = rows.Find(place.Service, place.Environment);
            if (row is not null && row.Query != hash)
            {
                // Another query: what was known answers a question that nobody asks any more.
                (row.Query, row.Nodes, row.FoundAt, row.UsedNodes, row.UsedAt) = (hash, null, null, null, null);
                (row.Problem, row.Fix, row.ProblemAt) = (null, null, null);
            }

            if (row is null) rows.Add(row = new InventoryAnswerRow { Service = place.Service, Environment = place.Environment, Query = hash });
            change(row);
        });
    }

    private static string Hash(NodeQuery query) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Describe(query))));

    private static object Describe(NodeQuery query) => query switch
    {
        CombinedQuery combined => new { How = combined.How.ToString(), Parts = combined.Parts.Select(Describe), combined.Defaults },
        InventoryQuery one => new { one.Provider.Name, Options = JsonSerializer.SerializeToElement(one.Options, one.Options.GetType()), one.Defaults },
        _ => throw new InvalidOperationException($"There is no description of {query.GetType().Name}."),
    };

    private static InventoryAnswer? Read(InventoryAnswerRow? row, NodeQuery query) => row is null || row.Query != Hash(query) ? null : new InventoryAnswer(
        Read(row.Nodes) ?? [], row.FoundAt, row.Problem is null ? null : new InventoryException(row.Problem, row.Fix), Read(row.UsedNodes), row.UsedAt);

    private static string Write(IReadOnlyList<InventoryNode> nodes) => JsonSerializer.Serialize(nodes, JsonSerializerOptions.Web);

    private static IReadOnlyList<InventoryNode>? Read(string? nodes) =>
        nodes is null ? null : JsonSerializer.Deserialize<IReadOnlyList<InventoryNode>>(nodes, JsonSerializerOptions.Web);
}
