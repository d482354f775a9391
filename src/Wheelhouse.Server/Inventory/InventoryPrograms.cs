using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Inventory;

/// <summary>Asks programs for nodes.</summary>
internal static class InventoryPrograms
{
    /// <summary>Makes a fault of a program one of the inventory.</summary>
    /// <exception cref="InventoryException">The program is not there, cannot be started or failed.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProgramException problem)
        {
            throw new InventoryException(problem.Message, problem.Fix);
        }
    }
}
