using System.Text.Json.Nodes;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Makes the PROCESS of the node protocol. Pure.</summary>
public static class ProcessSpec
{
    /// <summary>All processes of a service, in order.</summary>
    public static JsonArray BuildAll(ServiceDocument service, EnvironmentDocument environment) =>
        [.. service.Processes.Select(process => Build(environment, process))];

    /// <summary>One process in one environment.</summary>
    public static JsonObject Build(EnvironmentDocument environment, ProcessDocument process) => new()
    {
        ["name"] = process.Name,
        ["environment"] = Variables.AsJson(Variables.Merge(environment.Variables, process.Variables)),
        ["pidfile"] = process.PidFile?.Replace("{root}", environment.Root, StringComparison.Ordinal),
        ["start"] = Build(process.Start),
        ["reload"] = Build(process.Reload),
        ["restart"] = Build(process.Restart),
        ["stop"] = Build(process.Stop),
        ["stop_timeout_s"] = process.StopTimeout.TotalSeconds,
        ["start_timeout_s"] = process.StartTimeout.TotalSeconds,
    };

    private static JsonObject? Build(ProcessAction? action) => action switch
    {
        null => null,
        CommandAction command => new JsonObject { ["command"] = command.Command },
        SystemdAction systemd => new JsonObject { ["systemd"] = systemd.Unit, ["scope"] = systemd.Scope },
        SignalAction signal => new JsonObject { ["signal"] = signal.Signal },
        _ => throw new InvalidOperationException($"The node protocol has no {action.GetType().Name}."),
    };
}
