using System.Globalization;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.OpenSsh;

/// <summary>Builds the argument lists of the ssh client. Pure.</summary>
internal static class OpenSshArguments
{
    /// <summary>The arguments of <c>ssh</c> that run a command on a node.</summary>
    /// <param name="node">The node; its values were checked.</param>
    /// <param name="within">The time for reaching it; ssh counts whole seconds.</param>
    /// <param name="options">More options, <c>Name=value</c>; they win over every file.</param>
    /// <param name="command">The program to run on the node and its arguments.</param>
    public static IReadOnlyList<string> For(
        InventoryNode node, TimeSpan within, IEnumerable<string> options, IReadOnlyList<string> command)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(within.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        List<string> arguments = ["-F", OpenSshFiles.Config, "-T", "-o", $"ConnectTimeout={seconds}"];
        foreach (var option in options) arguments.AddRange(["-o", option]);
        if (node.User is not null) arguments.AddRange(["-l", node.User]);
        if (node.Port is { } port) arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (node.IdentityFile is not null) arguments.AddRange(["-i", node.IdentityFile, "-o", "IdentitiesOnly=yes"]);
        if (node.Jump is not null) arguments.AddRange(["-J", node.Jump]);
        arguments.AddRange(["--", node.Address, string.Join(' ', command.Select(Quote))]);
        return arguments;
    }

    /// <summary>Quotes one argument for the node's shell, which ssh hands the joined command to.</summary>
    internal static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '=')
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
