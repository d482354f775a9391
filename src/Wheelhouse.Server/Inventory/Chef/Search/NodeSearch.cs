using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Inventory.Chef.Search;

/// <summary>
/// A partial search: the server answers with the few attributes that are asked for instead of with whole nodes (Chef Infra Server API,
/// <c>POST /organizations/NAME/search/node</c>). It answers page by page, and its index follows the nodes late; pages that do not fit together are an
/// error, since fewer nodes would look like all of them.
/// </summary>
internal sealed class NodeSearch(ChefClient client, ChefOptions options)
{
    /// <summary>Nodes on a page; the server's own default.</summary>
    public const int PageSize = 1000;

    private readonly NodeAttributes _attributes = new(options);

    /// <summary>Finds all nodes, in no order.</summary>
    /// <exception cref="InventoryException">The server does not answer, or with what is not the whole.</exception>
    public async Task<IReadOnlyCollection<InventoryNode>> RunAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, InventoryNode>(StringComparer.Ordinal);
        var body = JsonSerializer.SerializeToUtf8Bytes(_attributes.Wanted);
        int? total = null;
        while (true)
        {
            var query = $"q={Uri.EscapeDataString(options.Query)}&start={found.Count}&rows={PageSize}";
            var page = await client.PostAsync("search/node", query, body, Read, cancellationToken);
            if (page.Total != (total ??= page.Total)) throw Torn($"it said first {total} nodes and then {page.Total}");
            foreach (var (name, node) in page.Nodes)
            {
                if (!found.TryAdd(name, node)) throw Torn($"the node '{Excerpt.Of(name, 100)}' came twice");
            }

            // Another page is asked for after each full one, whatever the total: goiardi counts only the nodes of the page.
            if (page.Nodes.Count == PageSize) continue;
            return found.Count == total ? found.Values : throw Torn($"it said {total} nodes and sent {found.Count}");
        }
    }

    private static InventoryException Torn(string what) => new(
        $"The search does not give one whole answer: {what}.",
        "Nodes may have come or gone meanwhile: try again. When it stays, the server's index names nodes that are deleted; rebuild it with 'chef-server-ctl reindex'.");

    private Page Read(JsonElement answer) => new(
        answer.GetProperty("total").GetInt32(),
        [.. answer.GetProperty("rows").EnumerateArray().Where(row => row.ValueKind is not JsonValueKind.Null).Select(row => _attributes.Read(row.GetProperty("data")))]);

    private sealed record Page(int Total, IReadOnlyList<(string Name, InventoryNode Node)> Nodes);
}
