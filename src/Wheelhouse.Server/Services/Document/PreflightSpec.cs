using System.Text.Json.Nodes;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Makes the <c>preflight</c> of the node protocol. Pure.</summary>
public static class PreflightSpec
{
    /// <summary>The preflight of a service in one environment.</summary>
    public static JsonObject Build(ServiceDocument service, EnvironmentDocument environment) => new()
    {
        ["imports"] = service.Preflight.Imports is { } imports ? Names(imports) : null,
        ["applications"] = service.Preflight.Imports is null ? Applications(service, environment) : [],
        ["command"] = service.Preflight.Command,
        ["environment"] = Variables.AsJson(environment.Variables),
        ["timeout_s"] = service.Preflight.Timeout.TotalSeconds,
    };

    /// <summary>The applications that start commands name, with the variables that their processes get: settings are often read at import.</summary>
    private static JsonArray Applications(ServiceDocument service, EnvironmentDocument environment) =>
    [
        .. from process in service.Processes
           let start = process.Start as CommandAction
           let module = start is null ? null : ApplicationModule.Of(start.Command)
           where module is not null
           let variables = Variables.AsJson(Variables.Merge(environment.Variables, process.Variables))
           group (module, variables) by variables.ToJsonString() into same
           select new JsonObject
           {
               ["imports"] = Names(same.Select(one => one.module).Distinct(StringComparer.Ordinal)),
               ["environment"] = same.First().variables,
           },
    ];

    private static JsonArray Names(IEnumerable<string> modules) => [.. modules.Select(module => JsonValue.Create(module))];
}
