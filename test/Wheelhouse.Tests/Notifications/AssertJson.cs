using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Compares JSON by its meaning: the order of members and white space do not count.</summary>
internal static class AssertJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Equal(string expected, string actual) => Assert.Equal(Show(expected), Show(actual));

    private static string Show(string json) => Sort(JsonNode.Parse(json))!.ToJsonString(Readable);

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
