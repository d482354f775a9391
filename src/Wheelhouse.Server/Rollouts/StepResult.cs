using System.Text.Json;
using Wheelhouse.Server.Nodes;

namespace Wheelhouse.Server.Rollouts;

/// <summary>How a step on a node ended: a result or a fault, never both.</summary>
/// <param name="Result">The node's answer; null when it ended badly.</param>
/// <param name="Fault">What went wrong; null when it ended well.</param>
internal sealed record StepResult(string? Result, NodeFault? Fault)
{
    /// <summary>The node's answer as a value.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Result!, JsonSerializerOptions.Web)!;
}
