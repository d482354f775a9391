using System.Text.Json.Nodes;

namespace Wheelhouse.Server.HealthChecks.Tcp;

/// <summary>Good when a TCP connection is accepted.</summary>
public sealed class TcpCheck : IHealthCheck
{
    /// <inheritdoc/>
    public string Name => "tcp";

    /// <inheritdoc/>
    public Type OptionsType => typeof(TcpOptions);

    /// <inheritdoc/>
    public JsonObject ToNodeCheck(object options, CheckValues values)
    {
        var tcp = ((TcpOptions)options).Tcp;
        return new JsonObject { ["kind"] = "tcp", ["host"] = tcp.Host, ["port"] = tcp.Port };
    }
}
