namespace Wheelhouse.Server.Inventory.Programs;

/// <summary>The settings of the server in its environment, which may hold secrets and are nobody else's business.</summary>
internal static class ServerVariables
{
    private const string Prefix = "WHEELHOUSE_";

    /// <summary>Removes them from the environment of a program that is about to start.</summary>
    public static void RemoveFrom(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToList()) environment.Remove(name);
    }
}
