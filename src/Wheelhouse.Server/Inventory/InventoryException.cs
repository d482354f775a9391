namespace Wheelhouse.Server.Inventory;

/// <summary>The nodes of an environment cannot be found. Never contains a secret.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="fix">What to do about it, or null.</param>
public sealed class InventoryException(string message, string? fix) : Exception(message)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; } = fix;
}
