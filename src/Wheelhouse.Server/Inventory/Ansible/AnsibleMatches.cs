using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Inventory.Ansible;

/// <summary>Reads what <c>ansible --list-hosts</c> prints: <c>  hosts (2):</c> and a line for each.</summary>
internal static partial class AnsibleMatches
{
    /// <summary>The names in Ansible's order.</summary>
    /// <exception cref="InventoryException">It is something else, or incomplete.</exception>
    public static IReadOnlyList<string> Parse(ReadOnlyMemory<byte> output)
    {
        var lines = Encoding.UTF8.GetString(output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines.Skip(1).Select(line => line.Trim()).ToList();
        var head = Head().Match(lines.FirstOrDefault() ?? "");
        return head.Success && int.Parse(head.Groups["count"].Value, CultureInfo.InvariantCulture) == names.Count
            ? names
            : throw new InventoryException("'ansible --list-hosts' printed something other than the list of hosts.", "Try it on the server.");
    }

    [GeneratedRegex(@"^\s*hosts \((?<count>[0-9]{1,8})\):\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
