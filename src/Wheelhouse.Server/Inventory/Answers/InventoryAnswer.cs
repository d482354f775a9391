namespace Wheelhouse.Server.Inventory.Answers;

/// <summary>What is known of an environment's nodes without asking.</summary>
/// <param name="Nodes">The last answer in the order of activation; empty while there was none.</param>
/// <param name="FoundAt">Its time; null while there was none.</param>
/// <param name="Problem">Why there was no answer the last time, since then; null when there was one.</param>
/// <param name="Used">The answer by which a rollout went last; null while none did by this query.</param>
/// <param name="UsedAt">Its time.</param>
public sealed record InventoryAnswer(
    IReadOnlyList<InventoryNode> Nodes, DateTimeOffset? FoundAt, InventoryException? Problem, IReadOnlyList<InventoryNode>? Used, DateTimeOffset? UsedAt);
