using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Asking;

/// <summary>What may come in place of a good reply.</summary>
internal static class FuzzedJson
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "65536", "\"\"", "\" \"", "[]", "{}", "[[]]", "[null]", "{\"a\":{\"b\":[1]}}", "\"$(reboot)\"", "\"-oProxyCommand=x\"",
        "\"a;b\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"knoten-\\u00e4\\ud83d\\ude80\"", "\"2001:db8::1\"", "\"[2001:db8::1]:22\"", "\"[2001:db8::1\"", "\"a:b:c\"", "\"@\"", "\":\"",
        new string('[', 100) + new string(']', 100), "\"" + new string('x', 100_000) + "\"",
    ];

    /// <summary>A reply with status 200.</summary>
    public static InventoryReply Reply(string json)
    {
        using var response = new HttpResponseMessage();
        return new InventoryReply("GET http://source.example/", HttpStatusCode.OK, response.Headers, Encoding.UTF8.GetBytes(json), []);
    }

    /// <summary>The reply cut off at every character.</summary>
    public static IEnumerable<string> Truncated(string json) => Enumerable.Range(0, json.Length).Select(length => json[..length]);

    /// <summary>The reply with each of its values, the whole included, replaced by each of many.</summary>
    public static IEnumerable<string> Changed(string json)
    {
        const string mark = "\"the value to replace\"";
        for (var i = 0; ; i++)
        {
            var left = i;
            var marked = Mark(JsonNode.Parse(json), ref left)?.ToJsonString();
            if (left >= 0) yield break;
            foreach (var value in Values) yield return marked!.Replace(mark, value, StringComparison.Ordinal);
        }
    }

    /// <summary>Puts the mark in place of the value of a number, counted in the order of the text.</summary>
    private static JsonNode? Mark(JsonNode? node, ref int left)
    {
        if (left-- == 0) return JsonValue.Create("the value to replace");
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count && left >= 0; i++) array[i] = Mark(array[i], ref left)?.DeepClone();
        }

        if (node is not JsonObject map) return node;
        foreach (var key in map.Select(property => property.Key).ToList())
        {
            if (left < 0) break;
            map[key] = Mark(map[key], ref left)?.DeepClone();
        }

        return node;
    }
}
