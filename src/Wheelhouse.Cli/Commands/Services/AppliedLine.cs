using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Says what applying a document did.</summary>
internal static class AppliedLine
{
    public static void Write(CommandContext context, string name, string change, int revision)
    {
        var console = context.Output.Console;
        var symbols = new Symbols(console.Profile.Capabilities.Unicode);
        var (symbol, style) = change == "unchanged" ? (symbols.Ring, Symbols.Calm) : (symbols.Check, Symbols.Good);
        console.Write(new Paragraph($"{symbol} {name}", style).Append($"  {change}, revision {revision}"));
        console.WriteLine();
    }
}
