using System.Text.Json.Nodes;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.HealthChecks.Command;

/// <summary>Good when a command on the node exits with 0.</summary>
public sealed class CommandCheck : IHealthCheck
{
    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public Type OptionsType => typeof(CommandOptions);

    /// <inheritdoc/>
    public JsonObject ToNodeCheck(object options, CheckValues values) =>
        new() { ["kind"] = "command", ["command"] = ((CommandOptions)options).Command };
}

/// <summary>The options of a command check.</summary>
public sealed record CommandOptions
{
    /// <summary>The command, run on the node as the service user; the node replaces <c>{root}</c>, <c>{current}</c>, <c>{release}</c>, <c>{version}</c>.</summary>
    [Shorthand]
    public required string Command { get; init; }
}
