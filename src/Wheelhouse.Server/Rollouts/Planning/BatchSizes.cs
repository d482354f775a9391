using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Planning;

/// <summary>Cuts the nodes of a rollout into batches.</summary>
public static class BatchSizes
{
    /// <summary>
    /// Takes the sizes in order; the last one is repeated until all nodes are taken. A percentage is of all nodes, rounded up, and at least one node.
    /// </summary>
    /// <param name="nodes">The nodes in the order of activation.</param>
    /// <param name="sizes">The policy's batches, at least one.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Cut(IReadOnlyList<string> nodes, IReadOnlyList<NodeCount> sizes)
    {
        var batches = new List<IReadOnlyList<string>>();
        for (var taken = 0; taken < nodes.Count;)
        {
            var size = sizes[Math.Min(batches.Count, sizes.Count - 1)].RoundUp(nodes.Count);
            var batch = nodes.Skip(taken).Take(size).ToList();
            batches.Add(batch);
            taken += batch.Count;
        }

        return batches;
    }
}
