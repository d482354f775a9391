using System.Text.Json;

namespace Wheelhouse.Server.Rollouts;

/// <summary>How the node protocol writes names: <c>snake_case</c>.</summary>
internal static class NodeJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
    };
}
