using System.Text.Json.Nodes;
using Wheelhouse.Server.HealthChecks;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Makes the CHECK of the node protocol. Pure.</summary>
public static class CheckSpec
{
    /// <summary>A check for one release.</summary>
    /// <param name="environment">Where it runs.</param>
    /// <param name="check">The check.</param>
    /// <param name="version">The version that is expected.</param>
    public static JsonObject Build(EnvironmentDocument environment, CheckDocument check, string version)
    {
        var spec = check.Kind.ToNodeCheck(check.Options, new CheckValues(version, environment.Root));
        spec["successes"] = check.Successes;
        spec["interval_s"] = check.Interval.TotalSeconds;
        spec["timeout_s"] = check.Timeout.TotalSeconds;
        spec["within_s"] = check.Within.TotalSeconds;
        return spec;
    }
}
