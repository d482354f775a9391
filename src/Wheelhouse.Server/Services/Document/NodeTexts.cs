using System.Text.Json.Nodes;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Everything of a service document that is sent to a node and may hold placeholders. Pure.</summary>
public static class NodeTexts
{
    /// <summary>All of it, in one text.</summary>
    public static string Of(ServiceDocument service, EnvironmentDocument environment)
    {
        var checks = service.Processes.SelectMany(process => process.VersionCheck is { } version ? [.. process.Checks, version] : process.Checks);
        return new JsonArray(
            ProcessSpec.BuildAll(service, environment),
            PreflightSpec.Build(service, environment),
            new JsonArray([.. checks.Select(check => CheckSpec.Build(environment, check, "0"))]),
            environment.Drain?.Command,
            environment.Undrain?.Command).ToJsonString();
    }
}
