using System.Text.Json;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>A request that was sent and not answered yet.</summary>
/// <param name="onEvent">Gets what happens meanwhile.</param>
internal sealed class PendingRequest(Action<NodeProgress> onEvent)
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The result, or a <see cref="NodeException"/>.</summary>
    public Task<JsonElement> Answer => _answer.Task;

    /// <summary>Ends it because the session ended.</summary>
    public void Fail(NodeException reason) => _answer.TrySetException(reason);

    /// <summary>Takes one message with this request's id.</summary>
    public void Receive(JsonElement message)
    {
        if (message.TryGetProperty("result", out var result)) _answer.TrySetResult(result.Clone());
        else if (message.TryGetProperty("error", out var error)) _answer.TrySetException(Read(error));
        else if (Text(message, "line") is { } line) onEvent(new NodeProgress(Text(message, "stream"), line));
        else if (Text(message, "message") is { } progress) onEvent(new NodeProgress(Stream: null, progress));
    }

    private static NodeException Read(JsonElement error) =>
        new(Text(error, "code") ?? "node_error", Text(error, "message") ?? "The node gave no reason.", Text(error, "fix"));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
