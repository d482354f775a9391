using System.Text.Json.Nodes;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Makes the <c>preflight</c> of the node protocol. Pure.</summary>
public static class PreflightSpec
{
    /// <summary>The preflight of a service.</summary>
    public static JsonObject Build(PreflightDocument preflight) => new()
    {
        ["imports"] = preflight.Imports is { } imports ? new JsonArray([.. imports.Select(module => JsonValue.Create(module))]) : null,
        ["command"] = preflight.Command,
        ["timeout_s"] = preflight.Timeout.TotalSeconds,
    };
}
