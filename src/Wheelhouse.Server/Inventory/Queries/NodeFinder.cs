using Wheelhouse.Server.Inventory.Answers;

namespace Wheelhouse.Server.Inventory.Queries;

/// <summary>Finds the nodes of an environment by its query, and checks what the inventories answered.</summary>
public sealed class NodeFinder(InventoryAnswers answers, InventoryOptions options, TimeProvider time, ILogger<NodeFinder> logger)
{
    private const string QueryFix = "Check the query under nodes in the service document.";

    /// <summary>Finds the nodes in the order of activation, and keeps the answer, or why there was none; see <see cref="InventoryAnswers"/>.</summary>
    /// <exception cref="InventoryException">They cannot be found, there are none, or they cannot be used.</exception>
    public async Task<FoundNodes> FindAsync(NodeQuery query, InventoryContext context, CancellationToken cancellationToken)
    {
        try
        {
            var found = await AskAsync(query, context, cancellationToken);
            await answers.KeepAsync(context, query, found);
            return found;
        }
        catch (InventoryException problem)
        {
            await answers.KeepProblemAsync(context, query, problem);
            throw;
        }
    }

    /// <summary>The same, and nothing is kept: for a query that nobody applied.</summary>
    /// <exception cref="InventoryException">They cannot be found, there are none, or they cannot be used.</exception>
    public async Task<FoundNodes> AskAsync(NodeQuery query, InventoryContext context, CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (nodes, parts) = await FindAsync(query, context, mayBeEmpty: false, failed);
        if (nodes.Count == 0)
            throw new InventoryException($"The inventories, combined, name no node for {context.Service} in {context.Environment}.", QueryFix);
        if (FindRepeatedName(nodes) is { } twice)
            throw new InventoryException($"Two different nodes are both named '{twice}'.", "Make the names unique in the inventories.");
        return new FoundNodes(nodes, parts);
    }

    /// <summary>The answer to a query or a part of one, which is not yet checked as a whole.</summary>
    private async Task<FoundNodes> FindAsync(NodeQuery query, InventoryContext context, bool mayBeEmpty, CancellationTokenSource failed)
    {
        FoundNodes found;
        if (query is CombinedQuery combined)
        {
            // What is taken away may be nothing; anything else that finds nothing is a question that went wrong.
            var all = await Task.WhenAll(combined.Parts.Select((part, i) => FindAsync(part, context, combined.How == Combination.Difference && i > 0, failed)));
            found = new FoundNodes(NodeCombiner.Combine(combined.How, [.. all.Select(part => part.Nodes)]), [.. all.SelectMany(part => part.Parts)]);
        }
        else
        {
            found = await FindInOneAsync((InventoryQuery)query, context, mayBeEmpty, failed);
        }

        return found with { Nodes = [.. found.Nodes.Select(query.Defaults.Complete)] };
    }

    private async Task<FoundNodes> FindInOneAsync(InventoryQuery query, InventoryContext context, bool mayBeEmpty, CancellationTokenSource failed)
    {
        var began = time.GetTimestamp();
        using var late = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(failed.Token, late.Token);
        var name = query.Provider.Name;
        try
        {
            var result = await AskOneAsync(query, context, either.Token);
            Check(name, context, result.Nodes, mayBeEmpty);
            return new FoundNodes(result.Nodes, [new FoundPart(query, result.Nodes.Count, time.GetElapsedTime(began), result.Version)]);
        }
        catch (InventoryException)
        {
            await failed.CancelAsync();
            throw;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !failed.IsCancellationRequested)
        {
            await failed.CancelAsync();
            throw new InventoryException(
                $"The inventory '{name}' did not answer within {options.Timeout.TotalSeconds:0.#} s.", "Find out why it is slow, or raise inventory.timeout in the server's settings.");
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            logger.LogError(unexpected, "The inventory {Inventory} broke its contract for {Service} in {Environment}", name, context.Service, context.Environment);
            await failed.CancelAsync();
            throw new InventoryException($"The inventory '{name}' failed in an unexpected way ({unexpected.GetType().Name}).", "Look at the server's log and report it.");
        }
    }

    /// <summary>Asks one inventory; what is wrong with it is told with its name.</summary>
    private static async Task<InventoryResult> AskOneAsync(InventoryQuery query, InventoryContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await query.Provider.FindAsync(query.Options, context, cancellationToken);
        }
        catch (InventoryException problem)
        {
            throw new InventoryException($"{query.Provider.Name}: {problem.Message}", problem.Fix);
        }
    }

    private static void Check(string inventory, InventoryContext context, IReadOnlyList<InventoryNode> nodes, bool mayBeEmpty)
    {
        if (nodes.Count == 0 && !mayBeEmpty)
            throw new InventoryException($"The inventory '{inventory}' found no node for {context.Service} in {context.Environment}.", QueryFix);
        if (FindRepeatedName(nodes) is { } twice)
            throw new InventoryException($"The inventory '{inventory}' named the node '{twice}' twice.", "Make the names unique in the inventory.");
        if (nodes.Select(node => node.FindProblem()).FirstOrDefault(problem => problem is not null) is { } problem)
            throw new InventoryException($"The inventory '{inventory}' answered with a node that cannot be used. {problem}", "Correct it in the inventory.");
    }

    private static string? FindRepeatedName(IReadOnlyList<InventoryNode> nodes) =>
        nodes.GroupBy(node => node.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
}

/// <summary>What inventories answered.</summary>
/// <param name="Nodes">The nodes in the order of activation; their names are unique, and there is one at least.</param>
/// <param name="Parts">What each inventory contributed, in the order of the query.</param>
public sealed record FoundNodes(IReadOnlyList<InventoryNode> Nodes, IReadOnlyList<FoundPart> Parts);

/// <summary>What one inventory contributed.</summary>
/// <param name="Query">The question to it.</param>
/// <param name="Nodes">How many nodes it named.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Version">See <see cref="InventoryResult.Version"/>.</param>
public sealed record FoundPart(InventoryQuery Query, int Nodes, TimeSpan Took, string? Version);
