using System.Net.Http.Headers;
using System.Text.Json;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Targets;

namespace Wheelhouse.Server.Inventory.Http;

/// <summary>The nodes are what an URL answers: Prometheus' groups of targets, or any JSON of which an expression selects them.</summary>
public sealed class HttpInventory(InventoryHttp http) : IInventoryProvider
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public Type OptionsType => typeof(HttpOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var query = (HttpOptions)options;
        using var connection = await http.OpenAsync(query.Tls, cancellationToken);
        var credentials = await connection.ReadCredentialsAsync(query.BearerTokenFile, query.BasicAuth, cancellationToken);
        var reply = await connection.GetAsync(new Uri(query.Url), Prepare, cancellationToken);
        return new InventoryResult(Read(reply, query));

        void Prepare(HttpRequestHeaders headers)
        {
            headers.Accept.ParseAdd("application/json");
            headers.Authorization = credentials;
            foreach (var (name, value) in query.Headers)
            {
                headers.Remove(name);
                headers.Add(name, value);
            }
        }
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InventoryException">It is not what the query expects.</exception>
    internal static IReadOnlyList<InventoryNode> Read(InventoryReply reply, HttpOptions query)
    {
        var json = reply.ReadJson();
        if (query.Nodes is null)
        {
            var groups = new TargetGroups();
            groups.Add(json, flaw => reply.Refuse(
                $"did not answer in Prometheus' form: {flaw}", "Correct the address, or add nodes: with the expression that selects the nodes."));
            return groups.Nodes;
        }

        var list = PathExpression.Select(json, query.Nodes, Refuse);
        if (list.ValueKind is not JsonValueKind.Array)
            throw Refuse(list.ValueKind is JsonValueKind.Null ? $"'{query.Nodes}' selects nothing" : $"'{query.Nodes}' selects something else than a list");
        if (query.Fields is { } fields)
            list = PathExpression.Select(list, $"map(&{{{string.Join(", ", fields.All().Select(field => $"{field.Key}: ({field.Expression})"))}}}, @)", Refuse);
        return JsonNodes.Read(list, Refuse);

        InventoryException Refuse(string flaw) =>
            reply.Refuse($"did not answer what the query expects: {flaw}", "Correct the expressions under nodes and fields, or see what the source answers.");
    }
}
