using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Targets;

namespace Wheelhouse.Server.Inventory.Exec;

/// <summary>
/// Reads hosts that a program printed: one on a line (<c>host</c>, <c>user@host:port</c>, <c>[address]:port</c>; empty lines and those that begin with <c>#</c> are
/// skipped), or a JSON list as <see cref="JsonNodes"/> reads it. What begins as a JSON object or list is JSON; <c>[2001:db8::1]:22</c> does not.
/// </summary>
internal static partial class PrintedNodes
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads them; the nodes are in the order in which they were printed.</summary>
    /// <param name="output">What was printed, UTF-8.</param>
    /// <param name="refuse">Makes the error from what is wrong.</param>
    public static IReadOnlyList<InventoryNode> Read(ReadOnlyMemory<byte> output, Func<string, InventoryException> refuse)
    {
        var text = Decode(output, refuse).TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text)) throw refuse("it printed nothing");
        return JsonStart().IsMatch(text) ? ReadJson(output, refuse) : ReadLines(text, refuse);
    }

    private static IReadOnlyList<InventoryNode> ReadJson(ReadOnlyMemory<byte> output, Func<string, InventoryException> refuse)
    {
        var json = InventoryJson.Parse(output, flaw => refuse($"this is not valid JSON ({flaw})"));
        return json.ValueKind == JsonValueKind.Array
            ? JsonNodes.Read(json, refuse)
            : throw refuse("this is a JSON object, not a list (a dynamic inventory of Ansible belongs under 'ansible')");
    }

    private static List<InventoryNode> ReadLines(string text, Func<string, InventoryException> refuse)
    {
        List<InventoryNode> nodes = [];
        foreach (var (i, line) in text.Split('\n', StringSplitOptions.TrimEntries).Index())
        {
            if (line.Length > 0 && line[0] != '#') nodes.Add(Parse(line, flaw => refuse($"line {i + 1}: {Excerpt.Of(flaw.TrimEnd('.'), 300)}")));
        }

        return nodes.Count > 0 ? nodes : throw refuse("there are only comments");
    }

    private static InventoryNode Parse(string line, Func<string, InventoryException> refuse)
    {
        try
        {
            var node = StaticNode.Parse(line, provider: null).ToNode();
            return node.FindProblem() is { } problem ? throw refuse(problem) : node;
        }
        catch (FormatException flaw)
        {
            throw refuse(flaw.Message);
        }
    }

    private static string Decode(ReadOnlyMemory<byte> output, Func<string, InventoryException> refuse)
    {
        try
        {
            return Utf8.GetString(output.Span);
        }
        catch (DecoderFallbackException)
        {
            throw refuse("it is not UTF-8");
        }
    }

    [GeneratedRegex("""^\s*(\{|\[\s*(["{\]]|$))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonStart();
}
