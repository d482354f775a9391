using System.Globalization;
using System.Net;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>Connects a node that has a network of its own with this machine: a pair of interfaces that vanishes with the node.</summary>
public static class Cable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>This machine's address on the cable to a node's address: the other one of its network of four.</summary>
    public static string OtherEnd(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        bytes[3] ^= 0b11;
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Brings the node its interface <c>eth0</c>.</summary>
    /// <param name="machine">The process that <c>eng/node.sh</c> became.</param>
    /// <param name="address">The node's address.</param>
    /// <param name="token">Ends the wait.</param>
    public static async Task PlugInAsync(int machine, string address, CancellationToken token)
    {
        var first = 0;
        await Eventually.TrueAsync(
            () => (first = Processes.ChildrenOf(machine).FirstOrDefault(child => Network(child) is { } other && other != Network(Environment.ProcessId))) != 0,
            "the node's network", Within, token);
        var name = $"wh{Guid.NewGuid():N}"[..12];
        foreach (var arguments in (string[])[
            $"link add {name} type veth peer name eth0 netns {first.ToString(CultureInfo.InvariantCulture)}",
            $"address add {OtherEnd(address)}/30 dev {name}",
            $"link set {name} up"])
            await ChildProcess.CheckAsync("ip", arguments.Split(' '), token);
    }

    private static string? Network(int process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/ns/net", returnFinalTarget: false)?.Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended meanwhile.
        }
    }
}
