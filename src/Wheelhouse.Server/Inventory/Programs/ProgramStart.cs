namespace Wheelhouse.Server.Inventory.Programs;

/// <summary>A program to run, without a shell.</summary>
/// <param name="Path">Its absolute path; see <see cref="InventoryFiles.Check"/> for one that a document names.</param>
/// <param name="Arguments">Its arguments, each as it is.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
public sealed record ProgramStart(string Path, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Changes to the server's environment; null removes a variable. The server's own settings are removed anyway.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
