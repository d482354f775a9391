using System.Globalization;
using System.Net.Http.Headers;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Consul;

/// <summary>The nodes are those on which a service runs, as Consul knows it: by its catalog or its health checks. It is watched by blocking queries.</summary>
public sealed class ConsulInventory(InventoryHttp http, TimeProvider time) : IWatchableInventory
{
    /// <summary>How long Consul is asked to hold a query open: its own default.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    /// <summary>When an answer is overdue: Consul adds up to a sixteenth to <see cref="Wait"/>, so that not all ask again at once.</summary>
    private static readonly TimeSpan Overdue = Wait + (Wait / 16) + TimeSpan.FromSeconds(15);

    /// <summary>
    /// The least time that a query takes, half of it by chance: answers that come at once, because much changes or an index is wrong, shall not make this a
    /// busy loop. An answer that took longer is not delayed.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "consul";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ConsulOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var query = (ConsulOptions)options;
        using var connection = await http.OpenAsync(query.Tls, cancellationToken);
        return Read(await AskAsync(connection, query, ConsulQuery.Build(query), cancellationToken), query);
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InventoryException">It is not what the query expects.</exception>
    internal static InventoryResult Read(InventoryReply reply, ConsulOptions query)
    {
        var json = reply.ReadJson();
        if (FindHeader(reply, "X-Consul-Results-Filtered-By-ACLs") is "true")
            throw reply.Refuse("left out what the token may not read", "Give a token in token_file that has node:read and service:read for all of them.");
        var nodes = ConsulNodes.Read(json, query, flaw => reply.Refuse($"did not answer as Consul does: {flaw}", "Correct the url, or update Consul."));
        return new InventoryResult(nodes) { Version = ReadIndex(reply) };
    }

    /// <summary>
    /// Waits by blocking queries (https://developer.hashicorp.com/consul/api-docs/features/blocking). Any other index is a change: one that went backwards
    /// too, after which the next answer begins anew.
    /// </summary>
    public async Task WaitForChangeAsync(object options, InventoryContext context, string version, CancellationToken cancellationToken)
    {
        var query = (ConsulOptions)options;
        var address = ConsulQuery.Build(query, ("index", version), ("wait", $"{Wait.TotalSeconds:0}s"));
        using var connection = await http.OpenAsync(query.Tls, cancellationToken);
        InventoryReply reply;
        do
        {
            var started = time.GetTimestamp();
            reply = await AskInTimeAsync(connection, query, address, cancellationToken);
            reply.ReadJson();
            var pause = (Pause * (0.5 + (Random.Shared.NextDouble() / 2))) - time.GetElapsedTime(started);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellationToken);
        }
        while (ReadIndex(reply) == version);
    }

    private async Task<InventoryReply> AskInTimeAsync(InventoryConnection connection, ConsulOptions query, Uri address, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Overdue, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await AskAsync(connection, query, address, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InventoryException(
                $"Consul did not answer a query for {query.Service} within {Overdue.TotalSeconds:0} s, although it was asked to after {Wait.TotalSeconds:0} s.",
                "See whether Consul runs, and whether something between cuts idle connections.");
        }
    }

    private static async Task<InventoryReply> AskAsync(InventoryConnection connection, ConsulOptions query, Uri address, CancellationToken cancellationToken)
    {
        var token = query.TokenFile is { } file ? await connection.ReadSecretAsync(file, cancellationToken) : null;
        return await connection.GetAsync(address, Prepare, cancellationToken);

        void Prepare(HttpRequestHeaders headers)
        {
            if (token is not null) headers.Add("X-Consul-Token", token);
        }
    }

    /// <summary>The index that says which state the reply shows; at least 1, with which a query is always held open.</summary>
    private static string ReadIndex(InventoryReply reply) =>
        ulong.TryParse(FindHeader(reply, "X-Consul-Index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0
            ? index.ToString(CultureInfo.InvariantCulture)
            : "1";

    private static string? FindHeader(InventoryReply reply, string name) => reply.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
