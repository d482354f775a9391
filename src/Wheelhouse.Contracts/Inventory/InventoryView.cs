namespace Wheelhouse.Contracts.Inventory;

/// <summary>What an environment's inventory said last.</summary>
/// <param name="FoundAt">When it named the nodes the last time; null while it never did.</param>
/// <param name="Problem">Why it did not name them since then, in a sentence; null when it did.</param>
/// <param name="Fix">What to do about that, or null.</param>
public sealed record InventoryView(DateTimeOffset? FoundAt, string? Problem, string? Fix);
