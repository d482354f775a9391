namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>The settings of the server in its environment, which may hold secrets and are nobody else's business.</summary>
internal static class ServerVariables
{
    /// <summary>The server's own, and those of OpenTelemetry, whose headers may hold a token.</summary>
    private static readonly string[] Prefixes = ["WHEELHOUSE_", "OTEL_"];

    /// <summary>Removes them from the environment of a program that is about to start.</summary>
    public static void RemoveFrom(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList()) environment.Remove(name);
    }
}
